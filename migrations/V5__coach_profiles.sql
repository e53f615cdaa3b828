-- What somebody brings to the job market: the profile and its four lists. A change of a list is a change of the
-- profile, because the profile is read as one document with one entity tag.

create type coach.work_mode as enum ('REMOTE', 'HYBRID', 'ONSITE');
comment on type coach.work_mode is 'Where the work is done.';

create type coach.skill_level as enum ('BEGINNER', 'INTERMEDIATE', 'ADVANCED', 'EXPERT');
comment on type coach.skill_level is 'How well a skill is mastered, lowest first.';

create table coach.user_profiles (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  phone base.phone,
  bio text,
  location base.line,
  city base.line,
  state base.line,
  country base.line,
  zip_code base.line,
  linkedin_url base.url,
  github_url base.url,
  portfolio_url base.url,
  website_url base.url,
  current_job_title base.line,
  current_company base.line,
  years_of_experience base.years,
  timezone base.timezone,
  preferences base.json_object not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_profiles_pkey primary key (user_id, id),
  constraint user_profiles_user_id_key unique (user_id),
  constraint user_profiles_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint user_profiles_bio_check check (char_length(bio) <= 5000),
  constraint user_profiles_preferences_check check (
    nullif(preferences -> 'desiredSalaryMin', 'null') <= nullif(preferences -> 'desiredSalaryMax', 'null'))
);

comment on table coach.user_profiles is 'The career profile: at most one per user.';
comment on column coach.user_profiles.user_id is 'Whose profile it is.';
comment on column coach.user_profiles.id is 'The profile.';
comment on column coach.user_profiles.phone is 'Telephone number for applications, in E.164.';
comment on column coach.user_profiles.bio is 'About the user, in their words: at most 5,000 characters.';
comment on column coach.user_profiles.location is 'Where the user lives, as they would say it.';
comment on column coach.user_profiles.city is 'City.';
comment on column coach.user_profiles.state is 'State or province.';
comment on column coach.user_profiles.country is 'Country.';
comment on column coach.user_profiles.zip_code is 'Postal code.';
comment on column coach.user_profiles.linkedin_url is 'LinkedIn page.';
comment on column coach.user_profiles.github_url is 'GitHub page.';
comment on column coach.user_profiles.portfolio_url is 'Portfolio.';
comment on column coach.user_profiles.website_url is 'Own website.';
comment on column coach.user_profiles.current_job_title is 'Title of the present position.';
comment on column coach.user_profiles.current_company is 'Present employer.';
comment on column coach.user_profiles.years_of_experience is 'Years of work, 0 to 80.';
comment on column coach.user_profiles.timezone is 'Time zone of the user, an IANA name.';
comment on column coach.user_profiles.preferences is
  'What is looked for: a JSON object of salary (least not above most), work mode, job types, places, availability.';
comment on column coach.user_profiles.created_at is 'When the profile was made.';
comment on column coach.user_profiles.updated_at is
  'When the profile or one of its lists last changed; strictly increasing.';

create trigger user_profiles_touch
before update on coach.user_profiles
for each row execute function base.touch_updated_at();
select audit.attach('coach.user_profiles');

create function coach.own_profile(owner uuid) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into coach.user_profiles (user_id) values (owner)
  on conflict (user_id) do nothing;
  return (select id from coach.user_profiles where user_id = owner);
end
$$;
comment on function coach.own_profile(uuid) is
  'The user''s profile, which begins, empty, with the first row of one of its lists.';
grant execute on function coach.own_profile(uuid) to trellis_app;

create function coach.touch_user_profile() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The profile's own trigger sets the time. Where the profile is being deleted too, there is no row left to touch.
  if tg_op = 'DELETE' then
    update coach.user_profiles
    set updated_at = updated_at
    where user_id = old.user_id
      and id = old.user_profile_id;
  else
    update coach.user_profiles
    set updated_at = updated_at
    where user_id = new.user_id
      and id = new.user_profile_id;
  end if;
  return null;
end
$$;
comment on function coach.touch_user_profile() is
  'After a row of one of the profile''s lists changed: touches the profile.';

create table coach.experiences (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  user_profile_id uuid not null,
  company base.line not null,
  position base.line not null,
  description base.prose,
  location base.line,
  work_mode coach.work_mode,
  start_date date not null,
  end_date date,
  is_current boolean not null default false,
  achievements base.lines not null default '{}',
  technologies base.lines not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint experiences_pkey primary key (user_id, id),
  constraint experiences_user_profile_id_fkey foreign key (user_id, user_profile_id)
    references coach.user_profiles (user_id, id) on delete cascade,
  constraint experiences_is_current_check check (not is_current or end_date is null),
  constraint experiences_end_date_check check (end_date >= start_date)
);

comment on table coach.experiences is 'A position held, in a profile.';
comment on column coach.experiences.user_id is 'Whose experience it is.';
comment on column coach.experiences.id is 'The experience.';
comment on column coach.experiences.user_profile_id is 'The profile it stands in.';
comment on column coach.experiences.company is 'Employer.';
comment on column coach.experiences.position is 'Title of the position.';
comment on column coach.experiences.description is 'What the work was.';
comment on column coach.experiences.location is 'Where it was.';
comment on column coach.experiences.work_mode is 'Where the work was done.';
comment on column coach.experiences.start_date is 'First day.';
comment on column coach.experiences.end_date is
  'Last day, not before the first; null while it is current, or not known.';
comment on column coach.experiences.is_current is 'Whether the position is still held; then it has no last day.';
comment on column coach.experiences.achievements is 'What was achieved.';
comment on column coach.experiences.technologies is 'What was worked with.';
comment on column coach.experiences.created_at is 'When the row was made.';
comment on column coach.experiences.updated_at is 'When the row last changed; strictly increasing.';

create index experiences_user_profile_id_is_current_start_date_idx
  on coach.experiences (user_id, user_profile_id, is_current, start_date);

create trigger experiences_touch
before update on coach.experiences
for each row execute function base.touch_updated_at();
create trigger experiences_touch_profile
after insert or update or delete on coach.experiences
for each row execute function coach.touch_user_profile();
select audit.attach('coach.experiences');

create table coach.educations (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  user_profile_id uuid not null,
  institution base.line not null,
  degree base.line not null,
  field_of_study base.line not null,
  location base.line,
  start_date date not null,
  end_date date,
  is_current boolean not null default false,
  gpa double precision,
  achievements base.lines not null default '{}',
  coursework base.lines not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint educations_pkey primary key (user_id, id),
  constraint educations_user_profile_id_fkey foreign key (user_id, user_profile_id)
    references coach.user_profiles (user_id, id) on delete cascade,
  constraint educations_is_current_check check (not is_current or end_date is null),
  constraint educations_end_date_check check (end_date >= start_date),
  constraint educations_gpa_check check (gpa between 0 and 5)
);

comment on table coach.educations is 'A course of study, in a profile.';
comment on column coach.educations.user_id is 'Whose education it is.';
comment on column coach.educations.id is 'The education.';
comment on column coach.educations.user_profile_id is 'The profile it stands in.';
comment on column coach.educations.institution is 'School or university.';
comment on column coach.educations.degree is 'Degree sought or taken.';
comment on column coach.educations.field_of_study is 'Subject.';
comment on column coach.educations.location is 'Where it was.';
comment on column coach.educations.start_date is 'First day.';
comment on column coach.educations.end_date is
  'Last day, not before the first; null while it is current, or not known.';
comment on column coach.educations.is_current is 'Whether the study goes on; then it has no last day.';
comment on column coach.educations.gpa is 'Grade point average, 0 to 5.';
comment on column coach.educations.achievements is 'What was achieved.';
comment on column coach.educations.coursework is 'Courses taken.';
comment on column coach.educations.created_at is 'When the row was made.';
comment on column coach.educations.updated_at is 'When the row last changed; strictly increasing.';

create index educations_user_profile_id_is_current_start_date_idx
  on coach.educations (user_id, user_profile_id, is_current, start_date);

create trigger educations_touch
before update on coach.educations
for each row execute function base.touch_updated_at();
create trigger educations_touch_profile
after insert or update or delete on coach.educations
for each row execute function coach.touch_user_profile();
select audit.attach('coach.educations');

create table coach.skills (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  user_profile_id uuid not null,
  name base.line not null,
  category base.line,
  level coach.skill_level not null,
  years_of_experience base.years,
  endorsements integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint skills_pkey primary key (user_id, id),
  constraint skills_user_profile_id_fkey foreign key (user_id, user_profile_id)
    references coach.user_profiles (user_id, id) on delete cascade,
  constraint skills_endorsements_check check (endorsements >= 0)
);

comment on table coach.skills is 'A skill in a profile; its name is there once, without regard to case.';
comment on column coach.skills.user_id is 'Whose skill it is.';
comment on column coach.skills.id is 'The skill.';
comment on column coach.skills.user_profile_id is 'The profile it stands in.';
comment on column coach.skills.name is 'What the skill is called.';
comment on column coach.skills.category is 'The group it is shown in.';
comment on column coach.skills.level is 'How well it is mastered.';
comment on column coach.skills.years_of_experience is 'Years of practice, 0 to 80.';
comment on column coach.skills.endorsements is 'How many people endorsed it, 0 or more.';
comment on column coach.skills.created_at is 'When the row was made.';
comment on column coach.skills.updated_at is 'When the row last changed; strictly increasing.';

create unique index skills_user_profile_id_name_key on coach.skills (user_id, user_profile_id, lower(name));
create index skills_user_profile_id_category_level_idx
  on coach.skills (user_id, user_profile_id, category, level desc);

create trigger skills_touch
before update on coach.skills
for each row execute function base.touch_updated_at();
create trigger skills_touch_profile
after insert or update or delete on coach.skills
for each row execute function coach.touch_user_profile();
select audit.attach('coach.skills');

create table coach.certifications (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  user_profile_id uuid not null,
  name base.line not null,
  issuing_organization base.line not null,
  issue_date date not null,
  expiry_date date,
  does_not_expire boolean not null default false,
  credential_id base.line,
  credential_url base.url,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint certifications_pkey primary key (user_id, id),
  constraint certifications_user_profile_id_fkey foreign key (user_id, user_profile_id)
    references coach.user_profiles (user_id, id) on delete cascade,
  constraint certifications_does_not_expire_check check (not does_not_expire or expiry_date is null),
  constraint certifications_expiry_date_check check (expiry_date >= issue_date)
);

comment on table coach.certifications is 'A certificate in a profile.';
comment on column coach.certifications.user_id is 'Whose certificate it is.';
comment on column coach.certifications.id is 'The certificate.';
comment on column coach.certifications.user_profile_id is 'The profile it stands in.';
comment on column coach.certifications.name is 'What was certified.';
comment on column coach.certifications.issuing_organization is 'Who certified it.';
comment on column coach.certifications.issue_date is 'Day of issue.';
comment on column coach.certifications.expiry_date is
  'Last day on which it is valid, not before the day of issue; null where it does not expire, or not known.';
comment on column coach.certifications.does_not_expire is 'Whether it is valid for good; then it has no last day.';
comment on column coach.certifications.credential_id is 'Its number at the issuer.';
comment on column coach.certifications.credential_url is 'Where it can be verified.';
comment on column coach.certifications.created_at is 'When the row was made.';
comment on column coach.certifications.updated_at is 'When the row last changed; strictly increasing.';

create index certifications_user_profile_id_issue_date_idx
  on coach.certifications (user_id, user_profile_id, issue_date);

create trigger certifications_touch
before update on coach.certifications
for each row execute function base.touch_updated_at();
create trigger certifications_touch_profile
after insert or update or delete on coach.certifications
for each row execute function coach.touch_user_profile();
select audit.attach('coach.certifications');

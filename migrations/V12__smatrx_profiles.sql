-- Who somebody is at work and what they are after. Onboarding is over once, whatever becomes of the profile later.

create type smatrx.career_stage as enum ('student', 'entry', 'mid', 'senior', 'lead', 'executive');
comment on type smatrx.career_stage is 'How far somebody has come in their career, earliest first.';

create type smatrx.availability as enum ('full-time', 'part-time', 'contract', 'freelance');
comment on type smatrx.availability is 'How much and on what terms somebody is there to work.';

create type smatrx.remote_preference as enum ('remote', 'hybrid', 'onsite');
comment on type smatrx.remote_preference is 'Where somebody likes to work.';

create type smatrx.career_timeline as enum ('immediate', '3months', '6months', '1year', 'exploring');
comment on type smatrx.career_timeline is 'When somebody looks for a change.';

create table smatrx.profiles (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  bio base.prose,
  title base.line,
  company base.line,
  location base.line,
  linkedin_url base.url,
  github_url base.url,
  website_url base.url,
  years_experience integer,
  career_stage smatrx.career_stage,
  industries base.tags not null default '{}',
  languages base.tags not null default '{}',
  availability smatrx.availability,
  remote_preference smatrx.remote_preference,
  salary_expectation base.json_object,
  target_role base.line,
  career_timeline smatrx.career_timeline,
  willing_to_relocate boolean not null default false,
  preferred_locations base.lines not null default '{}',
  onboarding_completed boolean not null default false,
  onboarding_completed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint profiles_pkey primary key (user_id, id),
  constraint profiles_user_id_key unique (user_id),
  constraint profiles_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint profiles_years_experience_check check (years_experience between 0 and 50),
  constraint profiles_salary_expectation_check check (
    nullif(salary_expectation -> 'min', 'null') <= nullif(salary_expectation -> 'max', 'null')),
  constraint profiles_onboarding_completed_check check (onboarding_completed = (onboarding_completed_at is not null))
);

comment on table smatrx.profiles is 'The professional profile: at most one per user.';
comment on column smatrx.profiles.user_id is 'Whose profile it is.';
comment on column smatrx.profiles.id is 'The profile.';
comment on column smatrx.profiles.bio is 'About the user, in their words.';
comment on column smatrx.profiles.title is 'Title of the present position.';
comment on column smatrx.profiles.company is 'Present employer.';
comment on column smatrx.profiles.location is 'Where the user lives, as they would say it.';
comment on column smatrx.profiles.linkedin_url is 'LinkedIn page.';
comment on column smatrx.profiles.github_url is 'GitHub page.';
comment on column smatrx.profiles.website_url is 'Own website.';
comment on column smatrx.profiles.years_experience is 'Years of work, 0 to 50.';
comment on column smatrx.profiles.career_stage is 'How far the user has come.';
comment on column smatrx.profiles.industries is 'Industries of interest.';
comment on column smatrx.profiles.languages is 'Languages spoken.';
comment on column smatrx.profiles.availability is 'How much and on what terms the user is there to work.';
comment on column smatrx.profiles.remote_preference is 'Where the user likes to work.';
comment on column smatrx.profiles.salary_expectation is
  'Salary wanted: a JSON object of min (not above max), max, currency.';
comment on column smatrx.profiles.target_role is
  'Job title that the user is after; those who are after the same are compared.';
comment on column smatrx.profiles.career_timeline is 'When the user looks for a change.';
comment on column smatrx.profiles.willing_to_relocate is 'Would move for a position.';
comment on column smatrx.profiles.preferred_locations is 'Places where the user would like to work.';
comment on column smatrx.profiles.onboarding_completed is 'Whether the user has been through the onboarding.';
comment on column smatrx.profiles.onboarding_completed_at is 'When that was, for the first time; null: not yet.';
comment on column smatrx.profiles.created_at is 'When the profile was made.';
comment on column smatrx.profiles.updated_at is 'When the row last changed; strictly increasing.';

create index profiles_industries_idx on smatrx.profiles using gin (industries);
create index profiles_languages_idx on smatrx.profiles using gin (languages);
create index profiles_target_role_user_id_idx on smatrx.profiles (lower(btrim(target_role)), user_id)
  where target_role is not null;

create trigger profiles_touch
before update on smatrx.profiles
for each row execute function base.touch_updated_at();
select audit.attach('smatrx.profiles');

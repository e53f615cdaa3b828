-- Who wants to go: members with their tier, and profiles. What is sensitive is encrypted before it comes here.

create type migratio.subscription_tier as enum ('free', 'pathfinder', 'navigator', 'concierge', 'enterprise');
comment on type migratio.subscription_tier is 'What a member pays for, least first.';

create type migratio.expertise_level as enum ('beginner', 'intermediate', 'advanced');
comment on type migratio.expertise_level is 'How much somebody knows of immigration, least first.';

create table migratio.members (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  subscription_tier migratio.subscription_tier not null default 'free',
  subscription_expiry timestamptz,
  payment_gateway_customer_id text,
  preferences base.json_object not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint members_pkey primary key (user_id, id),
  constraint members_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint members_user_id_key unique (user_id),
  constraint members_payment_gateway_customer_id_check check (
    char_length(payment_gateway_customer_id) <= 200 and payment_gateway_customer_id ~ '^[^[:space:]]+$')
);

comment on table migratio.members is 'What somebody is to this product beside their account: at most one row per user.';
comment on column migratio.members.user_id is 'Who it is.';
comment on column migratio.members.id is 'The membership.';
comment on column migratio.members.subscription_tier is 'What they pay for.';
comment on column migratio.members.subscription_expiry is 'When that ends; null: not by itself.';
comment on column migratio.members.payment_gateway_customer_id is
  'Who they are to the payment provider: 1 to 200 characters, no white space.';
comment on column migratio.members.preferences is
  'What they like: a JSON object of theme, notificationChannels, dashboardFocus.';
comment on column migratio.members.created_at is 'When the row was made.';
comment on column migratio.members.updated_at is 'When the row last changed; strictly increasing.';

create trigger members_touch
before update on migratio.members
for each row execute function base.touch_updated_at();
select audit.attach('migratio.members');

create function migratio.hold_person(person uuid) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform
  from identity.users
  where id = person
  for key share;
  return person;
end
$$;
comment on function migratio.hold_person(uuid) is
  'Keeps somebody from being erased until the transaction ends; returns them. Who changes a row of theirs and then adds others '
  'asks for it first: the foreign keys of those would wait for the erasure, which waits for that row.';
grant execute on function migratio.hold_person(uuid) to trellis_app;

create function migratio.is_paid(tier migratio.subscription_tier, expiry timestamptz, at timestamptz) returns boolean
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return tier <> 'free' and coalesce(expiry > at, true);
end
$$;
comment on function migratio.is_paid(migratio.subscription_tier, timestamptz, timestamptz) is
  'Whether a tier is paid for and not over at this time; at its expiry it is over.';
grant execute on function migratio.is_paid(migratio.subscription_tier, timestamptz, timestamptz)
  to trellis_app, trellis_readonly;

create function migratio.is_paying(person uuid) returns boolean
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
    from migratio.members
    where user_id = person
      and migratio.is_paid(subscription_tier, subscription_expiry, now()));
end
$$;
comment on function migratio.is_paying(uuid) is 'Whether somebody has a tier now that is paid for and not over.';
grant execute on function migratio.is_paying(uuid) to trellis_app, trellis_readonly;

create table migratio.profiles (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  personal_info base.json_object,
  education base.json_array,
  work_experience base.json_array,
  language_proficiency base.json_array,
  financial_resources base.json_object,
  immigration_history base.json_object,
  preferences base.json_object,
  additional_attributes bytea,
  derived_skills text[] not null default '{}',
  inferred_expertise_level migratio.expertise_level not null default 'beginner',
  preliminary_scores base.json_object,
  profile_metadata base.json_object not null default '{}',
  completion_percentage base.percent not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint profiles_pkey primary key (user_id, id),
  constraint profiles_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint profiles_user_id_key unique (user_id),
  constraint profiles_education_check check (jsonb_array_length(education) <= 50),
  constraint profiles_work_experience_check check (jsonb_array_length(work_experience) <= 50),
  constraint profiles_language_proficiency_check check (jsonb_array_length(language_proficiency) <= 50),
  constraint profiles_additional_attributes_check check (octet_length(additional_attributes) <= 65536),
  constraint profiles_derived_skills_check check (
    cardinality(derived_skills) <= 1000 and base.fits(derived_skills, 200))
);

comment on table migratio.profiles is
  'Who wants to go, and with what: at most one profile per user. A section that is null was not filled in yet.';
comment on column migratio.profiles.user_id is 'Whose profile it is.';
comment on column migratio.profiles.id is 'The profile.';
comment on column migratio.profiles.personal_info is
  'The person: a JSON object of dateOfBirth, gender, maritalStatus, nationalities, currentResidence, '
  'familyMembers, contactInformation.';
comment on column migratio.profiles.education is
  'What they studied: a JSON array of at most 50 objects of degreeType, fieldOfStudy, institution, countryCode, '
  'startDate, endDate, isCompleted, credentialStatus; [] says nothing.';
comment on column migratio.profiles.work_experience is
  'Where they worked: a JSON array of at most 50 objects of jobTitle, employer, countryCode, occupationCode, '
  'duties, skills, dates, hours and what was extracted from it; [] says nowhere.';
comment on column migratio.profiles.language_proficiency is
  'The languages they speak: a JSON array of at most 50 objects of language, isPrimary, proficiencyLevel, '
  'formalTest.';
comment on column migratio.profiles.financial_resources is
  'What they have: a JSON object of currency, liquidAssets, annualIncome, netWorth, hasFinancialSupport.';
comment on column migratio.profiles.immigration_history is
  'What they have been through: a JSON object of previousApplications, travelHistory, violations.';
comment on column migratio.profiles.preferences is
  'What they want: a JSON object of pathwayTypes, timeframe, budgetRange, priorityFactors, locationPreferences; '
  'where to is in profile_destinations.';
comment on column migratio.profiles.additional_attributes is
  'Health, criminal record and military service: a JSON object, encrypted for this row and column; at most 64 '
  'KiB.';
comment on column migratio.profiles.derived_skills is
  'What they can do: the skills of their work, in small letters, sorted, at most 1,000. Kept by the database.';
comment on column migratio.profiles.inferred_expertise_level is
  'How much they know of immigration, by what they have been through. Kept by the database.';
comment on column migratio.profiles.preliminary_scores is
  'What their latest recommendations were about: a JSON object of timestamp, topPathwayTypes, topCountries.';
comment on column migratio.profiles.profile_metadata is
  'About the profile: a JSON object of completionBySection, which the database keeps, and dataConsent.';
comment on column migratio.profiles.completion_percentage is
  'How much of the eight sections is filled in, in percent. Kept by the database.';
comment on column migratio.profiles.created_at is 'When it was made.';
comment on column migratio.profiles.updated_at is 'When the row last changed; strictly increasing.';

create index profiles_derived_skills_idx on migratio.profiles using gin (derived_skills) with (fastupdate = off);

create trigger profiles_touch
before update on migratio.profiles
for each row execute function base.touch_updated_at();
select audit.attach('migratio.profiles', secret => array['inferred_expertise_level']);

create table migratio.profile_destinations (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  country_id uuid not null,
  preference_rank integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint profile_destinations_pkey primary key (user_id, id),
  constraint profile_destinations_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint profile_destinations_country_id_fkey foreign key (country_id)
    references migratio.countries (id) on delete cascade,
  constraint profile_destinations_user_id_country_id_key unique (user_id, country_id),
  -- Deferred, so that two may change places.
  constraint profile_destinations_user_id_preference_rank_key unique (user_id, preference_rank)
    deferrable initially deferred,
  constraint profile_destinations_preference_rank_check check (preference_rank between 1 and 250)
);

comment on table migratio.profile_destinations is 'Where somebody wants to go, in their order.';
comment on column migratio.profile_destinations.user_id is 'Whose wish it is.';
comment on column migratio.profile_destinations.id is 'The wish.';
comment on column migratio.profile_destinations.country_id is 'The country; once per user.';
comment on column migratio.profile_destinations.preference_rank is
  'Its place in their order, 1 (first) to 250; one country each.';
comment on column migratio.profile_destinations.created_at is 'When it was said.';
comment on column migratio.profile_destinations.updated_at is 'When the row last changed; strictly increasing.';

create index profile_destinations_country_id_idx on migratio.profile_destinations (country_id);

create trigger profile_destinations_touch
before update on migratio.profile_destinations
for each row execute function base.touch_updated_at();
select audit.attach('migratio.profile_destinations');

create function migratio.filled(document jsonb, fields text[]) returns integer
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select count(*) * 100 / cardinality(fields)
    from unnest(fields) as field (name)
    where coalesce(jsonb_strip_nulls(document) -> name, 'null') not in ('null', '[]', '{}', '""'));
end
$$;
comment on function migratio.filled(jsonb, text[]) is
  'How many of these fields of a JSON object are filled in, in percent, rounded down.';
grant execute on function migratio.filled(jsonb, text[]) to trellis_app, trellis_readonly;

create function migratio.follow_profile() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  sections jsonb;
begin
  sections := jsonb_build_object(
    'personalInfo', migratio.filled(new.personal_info,
      '{dateOfBirth,gender,maritalStatus,nationalities,currentResidence,contactInformation}'),
    'education', case when new.education is null then 0 else 100 end,
    'workExperience', case when new.work_experience is null then 0 else 100 end,
    'languageProficiency', case when jsonb_array_length(new.language_proficiency) > 0 then 100 else 0 end,
    'financialResources', migratio.filled(new.financial_resources,
      '{liquidAssets,annualIncome,netWorth,hasFinancialSupport}'),
    'immigrationHistory', case when new.immigration_history is null then 0 else 100 end,
    'preferences', migratio.filled(
      coalesce(new.preferences, '{}') || jsonb_build_object('destinationCountries', nullif(exists (
        select
        from migratio.profile_destinations
        where user_id = new.user_id), false)),
      '{destinationCountries,pathwayTypes,timeframe,budgetRange}'),
    'additionalAttributes', case when new.additional_attributes is null then 0 else 100 end);
  new.profile_metadata := new.profile_metadata || jsonb_build_object('completionBySection', sections);
  new.completion_percentage := (select sum(share::integer) / 8 from jsonb_each_text(sections) as section (name, share));
  new.derived_skills := array(
    select distinct lower(btrim(skill)) collate "C" as skill
    from jsonb_array_elements(coalesce(new.work_experience, '[]')) as job
    cross join jsonb_array_elements_text(coalesce(nullif(job -> 'skills', 'null'), '[]')
      || coalesce(nullif(job -> 'extractedSkills', 'null'), '[]')) as skill
    where btrim(skill) <> ''
    order by skill
    limit 1000);
  new.inferred_expertise_level := case
    when jsonb_array_length(new.immigration_history -> 'previousApplications') >= 2 then 'advanced'
    when jsonb_array_length(new.immigration_history -> 'previousApplications') = 1
      or jsonb_array_length(new.immigration_history -> 'travelHistory') >= 3 then 'intermediate'
    else 'beginner'
  end;
  return new;
end
$$;
comment on function migratio.follow_profile() is
  'Before a profile is written: how complete it is, section by section, the skills of its work, and the '
  'expertise that its history shows.';

create function migratio.touch_profile() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The profile's own triggers count it again. Where the user is being deleted, there is no row left to touch.
  update migratio.profiles
  set updated_at = updated_at
  where user_id = case when tg_op = 'DELETE' then old.user_id else new.user_id end;
  return null;
end
$$;
comment on function migratio.touch_profile() is 'After a destination changed: touches the profile that it belongs to.';

create trigger profiles_follow
before insert or update on migratio.profiles
for each row execute function migratio.follow_profile();
create trigger profile_destinations_touch_profile
after insert or update or delete on migratio.profile_destinations
for each row execute function migratio.touch_profile();

create function migratio.profile_snapshot(person uuid) returns jsonb
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select jsonb_build_object(
      'personalInfo', personal_info - 'contactInformation',
      'education', education,
      'workExperience', work_experience,
      'languageProficiency', language_proficiency,
      'financialResources', financial_resources,
      'immigrationHistory', immigration_history,
      'preferences', case
        when preferences is not null or destinations.list is not null then coalesce(preferences, '{}')
          || jsonb_build_object('destinationCountries', coalesce(destinations.list, '[]'))
      end)
    from migratio.profiles
    cross join lateral (
      select jsonb_agg(jsonb_build_object('countryId', country_id, 'preferenceRank', preference_rank)
        order by preference_rank)
      from migratio.profile_destinations
      where user_id = person
    ) as destinations (list)
    where profiles.user_id = person);
end
$$;
comment on function migratio.profile_snapshot(uuid) is
  'What somebody''s profile says now, without addresses and without what is encrypted; null: they have none.';
grant execute on function migratio.profile_snapshot(uuid) to trellis_app, trellis_readonly;

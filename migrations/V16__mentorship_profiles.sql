-- Who offers mentoring and who looks for it, and who was matched with whom. How many mentees a mentor has is counted
-- here, under the lock of the mentor's profile, so that no place is ever given twice.

create type mentorship.onboarding_status as enum ('not_started', 'in_progress', 'completed');
comment on type mentorship.onboarding_status is 'How far somebody has come with the onboarding.';

create type mentorship.match_status as enum ('pending', 'approved', 'rejected');
comment on type mentorship.match_status is 'What has become of the wish for a mentor.';

create function mentorship.weekly_minutes(availability jsonb) returns int4multirange
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  monday constant timestamp := '2024-01-01';
  minutes int4multirange;
begin
  -- What begins before Monday or ends after Sunday in UTC belongs to the other end of the week.
  select range_agg(int4range(first + shift, last + shift)) * '{[0,10080)}'
  into minutes
  from jsonb_to_recordset(availability) as slot (weekday text, start text, "end" text, "timeZone" text)
  cross join lateral (
    select monday + make_interval(days => array_position(
      '{monday,tuesday,wednesday,thursday,friday,saturday,sunday}', slot.weekday) - 1)
  ) as local (day)
  cross join lateral (
    select
      extract(epoch from ((local.day + slot.start::interval) at time zone slot."timeZone")
        - (monday at time zone 'UTC'))::integer / 60,
      extract(epoch from ((local.day + slot."end"::interval) at time zone slot."timeZone")
        - (monday at time zone 'UTC'))::integer / 60
  ) as utc (first, last)
  cross join (values (-10080), (0), (10080)) as week (shift);
  return coalesce(minutes, '{}');
exception
  when invalid_parameter_value then
    raise exception 'must name time zones of the IANA database'
      using errcode = 'check_violation',
        schema = 'mentorship', table = 'profiles', column = 'availability',
        constraint = 'profiles_availability_time_zone_check';
end
$$;
comment on function mentorship.weekly_minutes(jsonb) is
  'The minutes of a week, from Monday 0:00 UTC, in which somebody is available; time zones count as in the first week of '
  '2024, so that the same hours always compare the same.';
grant execute on function mentorship.weekly_minutes(jsonb) to trellis_app;

create table mentorship.profiles (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  department base.line,
  position base.line,
  organization base.line,
  bio base.prose,
  skills base.tags not null default '{}',
  interests base.tags not null default '{}',
  goals base.prose,
  availability base.json_array not null default '[]',
  years_of_experience base.line,
  area_of_expertise base.line,
  mentorship_style base.line,
  preferred_communication base.line,
  max_mentee_capacity integer not null default 0,
  current_mentee_count integer not null default 0,
  accepting_new_mentees boolean not null default true,
  supports_new_mothers boolean not null default false,
  onboarding_status mentorship.onboarding_status not null default 'not_started',
  onboarding_step integer not null default 0,
  onboarding_completed_at timestamptz,
  weekly_minutes int4multirange not null generated always as (mentorship.weekly_minutes(availability)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint profiles_pkey primary key (user_id, id),
  constraint profiles_user_id_key unique (user_id),
  constraint profiles_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint profiles_availability_check check (
    jsonb_array_length(availability) <= 50
    and jsonb_array_length(availability) = jsonb_array_length(jsonb_path_query_array(availability,
      'strict $[*] ? (@.type() == "object" && @.start < @.end && @.timeZone.type() == "string"
        && @.weekday like_regex "^(mon|tues|wednes|thurs|fri|satur|sun)day$"
        && @.start like_regex "^([01][0-9]|2[0-3]):[0-5][0-9]$"
        && @.end like_regex "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")'))),
  constraint profiles_max_mentee_capacity_check check (max_mentee_capacity between 0 and 50),
  constraint profiles_current_mentee_count_check check (current_mentee_count between 0 and max_mentee_capacity),
  constraint profiles_onboarding_step_check check (onboarding_step between 0 and 5),
  constraint profiles_onboarding_status_check check (
    onboarding_status = case onboarding_step
      when 0 then 'not_started' when 5 then 'completed' else 'in_progress' end::mentorship.onboarding_status),
  constraint profiles_onboarding_completed_at_check check (
    (onboarding_status = 'completed') = (onboarding_completed_at is not null))
);

comment on table mentorship.profiles is 'Who somebody is as a mentor or mentee: at most one per user.';
comment on column mentorship.profiles.user_id is 'Whose profile it is.';
comment on column mentorship.profiles.id is 'The profile.';
comment on column mentorship.profiles.department is 'Department in which the user works.';
comment on column mentorship.profiles.position is 'Title of the position.';
comment on column mentorship.profiles.organization is 'Employer.';
comment on column mentorship.profiles.bio is 'About the user, in their words.';
comment on column mentorship.profiles.skills is 'What the user can do; mentors are found by it.';
comment on column mentorship.profiles.interests is 'What the user cares about; mentors are found by it.';
comment on column mentorship.profiles.goals is 'What the user wants to reach or to learn; for their own eyes.';
comment on column mentorship.profiles.availability is
  'When the user has time, every week: a JSON array of at most 50 objects of weekday (monday, …), start and end (HH:MM, '
  'the end up to 24:00), time zone.';
comment on column mentorship.profiles.years_of_experience is 'Years of experience, as the user would say it.';
comment on column mentorship.profiles.area_of_expertise is 'What the user knows best.';
comment on column mentorship.profiles.mentorship_style is 'How the user likes to mentor or to be mentored.';
comment on column mentorship.profiles.preferred_communication is 'How the user likes to be spoken to.';
comment on column mentorship.profiles.max_mentee_capacity is 'How many mentees the user takes at most, 0 to 50.';
comment on column mentorship.profiles.current_mentee_count is
  'How many the user has: approved matches, counted by the database; never above the capacity.';
comment on column mentorship.profiles.accepting_new_mentees is 'Whether the user takes more.';
comment on column mentorship.profiles.supports_new_mothers is 'Whether the user supports new mothers.';
comment on column mentorship.profiles.onboarding_status is 'How far the onboarding has come; follows from the step.';
comment on column mentorship.profiles.onboarding_step is 'The last step done, 0 (none) to 5 (all).';
comment on column mentorship.profiles.onboarding_completed_at is 'When the onboarding was completed; null: not yet.';
comment on column mentorship.profiles.weekly_minutes is
  'The availability as minutes of the week in UTC, so that it can be compared; see mentorship.weekly_minutes().';
comment on column mentorship.profiles.created_at is 'When the profile was made.';
comment on column mentorship.profiles.updated_at is 'When the row last changed; strictly increasing.';

create index profiles_skills_interests_idx on mentorship.profiles
  using gin (base.lowered(skills), base.lowered(interests)) with (fastupdate = off);
create index profiles_area_of_expertise_idx on mentorship.profiles
  using gin (area_of_expertise extensions.gin_trgm_ops) with (fastupdate = off);
-- The mentors who have a place left.
create index profiles_open_idx on mentorship.profiles (supports_new_mothers, user_id)
  where accepting_new_mentees and current_mentee_count < max_mentee_capacity;

create trigger profiles_current_mentee_count_kept
before update of current_mentee_count on mentorship.profiles
for each row when (pg_trigger_depth() = 0)
execute function base.refuse_change('mentees are counted by the database');
create trigger profiles_touch
before update on mentorship.profiles
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.profiles', array['weekly_minutes', 'current_mentee_count']);

create table mentorship.matches (
  id uuid not null default base.uuid_v7(),
  mentor_id uuid not null,
  mentee_id uuid not null,
  goal base.prose,
  status mentorship.match_status not null default 'pending',
  admin_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint matches_pkey primary key (id),
  constraint matches_mentor_id_fkey foreign key (mentor_id)
    references identity.users (id) on delete cascade,
  constraint matches_mentee_id_fkey foreign key (mentee_id)
    references identity.users (id) on delete cascade,
  constraint matches_admin_id_fkey foreign key (admin_id)
    references identity.users (id) on delete set null,
  constraint matches_mentor_id_other_check check (mentor_id <> mentee_id),
  constraint matches_admin_id_check check (status <> 'pending' or admin_id is null)
);

comment on table mentorship.matches is 'A mentee''s wish for a mentor, and what an administrator said to it.';
comment on column mentorship.matches.id is 'The match.';
comment on column mentorship.matches.mentor_id is 'The mentor.';
comment on column mentorship.matches.mentee_id is 'The mentee, somebody else; one pending or approved match per pair.';
comment on column mentorship.matches.goal is 'What the mentee wants to reach.';
comment on column mentorship.matches.status is 'What has become of it; follows mentorship.match_moves().';
comment on column mentorship.matches.admin_id is
  'Who approved or rejected it; null: nobody yet, or their account is gone.';
comment on column mentorship.matches.created_at is 'When the mentee asked.';
comment on column mentorship.matches.updated_at is 'When the row last changed; strictly increasing.';

create unique index matches_mentor_id_mentee_id_key on mentorship.matches (mentor_id, mentee_id)
  where status <> 'rejected';
create index matches_mentor_id_id_idx on mentorship.matches (mentor_id, id);
create index matches_mentee_id_id_idx on mentorship.matches (mentee_id, id);
create index matches_status_id_idx on mentorship.matches (status, id);
create index matches_admin_id_idx on mentorship.matches (admin_id) where admin_id is not null;

create function mentorship.match_moves(match mentorship.matches) returns mentorship.match_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case match.status when 'pending' then '{approved,rejected}' else '{}' end::mentorship.match_status[];
end
$$;
comment on function mentorship.match_moves(mentorship.matches) is 'The statuses that a match may move to.';
grant execute on function mentorship.match_moves(mentorship.matches) to trellis_app, trellis_readonly;

create function mentorship.check_acceptance() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if not identity.has_role(new.mentor_id, 'mentorship', 'mentor') or not exists (
    select
    from mentorship.profiles
    join identity.users on users.id = profiles.user_id
    where profiles.user_id = new.mentor_id
      and users.status = 'active'
      and accepting_new_mentees
      and max_mentee_capacity > 0
  ) then
    raise exception 'this mentor takes no mentees at present'
      using errcode = 'TR409',
        schema = 'mentorship', table = 'matches', column = 'mentor_id', constraint = 'matches_acceptance';
  end if;
  return new;
end
$$;
comment on function mentorship.check_acceptance() is
  'Before a mentor is asked for, and before they are matched: refuses where they take no mentees (TR409). All places may be '
  'taken when they are asked: one may be free when it is decided.';

create function mentorship.count_mentees() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Taking a place waits for everybody else who takes one of this mentor's.
  if tg_op <> 'DELETE' and new.status = 'approved' then
    update mentorship.profiles
    set current_mentee_count = current_mentee_count + 1
    where user_id = new.mentor_id
      and current_mentee_count < max_mentee_capacity;
    if not found then
      raise exception 'this mentor has no place left'
        using errcode = 'TR409',
          schema = 'mentorship', table = 'matches', column = 'status', constraint = 'matches_capacity';
    end if;
  elsif tg_op = 'DELETE' and old.status = 'approved' then
    update mentorship.profiles
    set current_mentee_count = current_mentee_count - 1
    where user_id = old.mentor_id;
  end if;
  return null;
end
$$;
comment on function mentorship.count_mentees() is
  'After a match was approved, or an approved one ended: takes or frees a place (TR409 where there is none).';

create trigger matches_mentor_id_role
before insert on mentorship.matches
for each row execute function identity.require_role('mentor_id', 'mentor');
create trigger matches_mentee_id_role
before insert on mentorship.matches
for each row execute function identity.require_role('mentee_id', 'mentee', 'new_mother');
-- After the roles: triggers fire in the order of their names.
create trigger matches_open
before insert on mentorship.matches
for each row execute function mentorship.check_acceptance();
create trigger matches_still_open
before update of status on mentorship.matches
for each row when (new.status = 'approved') execute function mentorship.check_acceptance();
create trigger matches_status_flow
before update of status on mentorship.matches
for each row execute function base.check_move('a match', 'mentorship.match_moves($1)');
create trigger matches_count
after insert or delete or update of status on mentorship.matches
for each row execute function mentorship.count_mentees();
create trigger matches_parties
before update of mentor_id, mentee_id on mentorship.matches
for each row when (old.mentor_id <> new.mentor_id or old.mentee_id <> new.mentee_id)
execute function base.refuse_change('a match is of two people, and stays so');
create trigger matches_touch
before update on mentorship.matches
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.matches');

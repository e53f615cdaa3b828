-- Jobs that a user is after, the flow that a job's status follows, and the timeline of its status. The flow is kept
-- here, so that no client goes around it.

create type coach.job_type as enum ('FULL_TIME', 'PART_TIME', 'CONTRACT', 'INTERNSHIP', 'TEMPORARY');
comment on type coach.job_type is 'The kind of employment.';

create type coach.job_status as enum (
  'INTERESTED', 'APPLIED', 'INTERVIEW_SCHEDULED', 'INTERVIEW_COMPLETED', 'OFFER_RECEIVED', 'REJECTED', 'ACCEPTED',
  'WITHDRAWN');
comment on type coach.job_status is 'How far a user has come with a job.';

create table coach.jobs (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  title base.line not null,
  company base.line not null,
  company_url base.url,
  location base.line,
  work_mode coach.work_mode,
  job_type coach.job_type,
  salary_min integer,
  salary_max integer,
  salary_currency base.currency not null default 'USD',
  job_url base.url,
  description text,
  requirements base.lines not null default '{}',
  responsibilities base.lines not null default '{}',
  benefits base.lines not null default '{}',
  status coach.job_status not null default 'INTERESTED',
  source base.line,
  referral_name base.line,
  contact_name base.line,
  contact_email base.email,
  contact_phone base.line,
  posted_at timestamptz,
  application_deadline timestamptz,
  applied_at timestamptz,
  priority integer not null default 3,
  tags base.lines not null default '{}',
  notes base.prose,
  match_score base.percent,
  ai_analysis base.json_object,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint jobs_pkey primary key (user_id, id),
  constraint jobs_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint jobs_salary_min_check check (salary_min >= 0),
  constraint jobs_salary_max_check check (salary_max >= 0),
  constraint jobs_salary_check check (salary_min <= salary_max),
  constraint jobs_description_check check (char_length(description) <= 20000),
  constraint jobs_priority_check check (priority between 1 and 5)
);

comment on table coach.jobs is 'A job that a user is after.';
comment on column coach.jobs.user_id is 'Who is after it.';
comment on column coach.jobs.id is 'The job.';
comment on column coach.jobs.title is 'Title of the position.';
comment on column coach.jobs.company is 'Employer.';
comment on column coach.jobs.company_url is 'The employer''s website.';
comment on column coach.jobs.location is 'Where it is.';
comment on column coach.jobs.work_mode is 'Where the work is done.';
comment on column coach.jobs.job_type is 'The kind of employment.';
comment on column coach.jobs.salary_min is 'Least salary per year, in whole units of the currency, 0 or more.';
comment on column coach.jobs.salary_max is 'Most salary per year, in whole units of the currency, not below the least.';
comment on column coach.jobs.salary_currency is 'Currency of the salary, an ISO 4217 code.';
comment on column coach.jobs.job_url is 'Where it is advertised.';
comment on column coach.jobs.description is 'The advertisement''s text: at most 20,000 characters.';
comment on column coach.jobs.requirements is 'What is asked for.';
comment on column coach.jobs.responsibilities is 'What is to be done.';
comment on column coach.jobs.benefits is 'What is offered besides the salary.';
comment on column coach.jobs.status is 'How far the user has come; follows coach.job_status_moves().';
comment on column coach.jobs.source is 'Where the user found it.';
comment on column coach.jobs.referral_name is 'Who recommended the user.';
comment on column coach.jobs.contact_name is 'Whom to ask at the employer.';
comment on column coach.jobs.contact_email is 'The contact''s e-mail address.';
comment on column coach.jobs.contact_phone is 'The contact''s telephone number as advertised.';
comment on column coach.jobs.posted_at is 'When it was advertised.';
comment on column coach.jobs.application_deadline is 'Until when applications are taken.';
comment on column coach.jobs.applied_at is 'When the status first became APPLIED.';
comment on column coach.jobs.priority is 'How much the user wants it, 1 (least) to 5.';
comment on column coach.jobs.tags is 'The user''s labels.';
comment on column coach.jobs.notes is 'The user''s notes.';
comment on column coach.jobs.match_score is 'How well the job fits the profile, 0 to 100.';
comment on column coach.jobs.ai_analysis is 'The analysis: a JSON object of strengths, concerns, recommendation.';
comment on column coach.jobs.created_at is 'When the job was noted.';
comment on column coach.jobs.updated_at is 'When the row last changed; strictly increasing.';

-- Each sort of the list has its key; a null counts as the value that sorts last. Text is searched within one owner's
-- rows and needs no index.
create index jobs_user_id_status_idx on coach.jobs (user_id, status, id);
create index jobs_user_id_work_mode_job_type_idx on coach.jobs (user_id, work_mode, job_type);
create index jobs_user_id_applied_at_idx
  on coach.jobs (user_id, coalesce(applied_at, '-infinity'::timestamptz), id);
create index jobs_user_id_match_score_idx on coach.jobs (user_id, coalesce(match_score, -1), id);
create index jobs_user_id_application_deadline_idx
  on coach.jobs (user_id, coalesce(application_deadline, 'infinity'::timestamptz), id);

create function coach.job_status_moves(from_status coach.job_status) returns coach.job_status[]
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Forward, skipping allowed; out of any open status; one step of correction back; reopening.
  return case from_status
    when 'INTERESTED' then
      '{APPLIED,INTERVIEW_SCHEDULED,INTERVIEW_COMPLETED,OFFER_RECEIVED,ACCEPTED,REJECTED,WITHDRAWN}'
    when 'APPLIED' then
      '{INTERVIEW_SCHEDULED,INTERVIEW_COMPLETED,OFFER_RECEIVED,ACCEPTED,REJECTED,WITHDRAWN,INTERESTED}'
    when 'INTERVIEW_SCHEDULED' then
      '{INTERVIEW_COMPLETED,OFFER_RECEIVED,ACCEPTED,REJECTED,WITHDRAWN,APPLIED}'
    when 'INTERVIEW_COMPLETED' then
      '{OFFER_RECEIVED,ACCEPTED,REJECTED,WITHDRAWN,INTERVIEW_SCHEDULED}'
    when 'OFFER_RECEIVED' then
      '{ACCEPTED,REJECTED,WITHDRAWN,INTERVIEW_COMPLETED}'
    when 'ACCEPTED' then
      '{OFFER_RECEIVED,INTERESTED}'
    when 'REJECTED' then
      '{INTERESTED}'
    when 'WITHDRAWN' then
      '{INTERESTED}'
  end::coach.job_status[];
end
$$;
comment on function coach.job_status_moves(coach.job_status) is
  'The statuses that a job may move to from this one. Staying is no move.';
grant execute on function coach.job_status_moves(coach.job_status) to trellis_app, trellis_readonly;

create trigger jobs_status_flow
before update on coach.jobs
for each row when (old.status <> new.status)
execute function base.check_move('a job', 'coach.job_status_moves(($1).status)');

create function coach.stamp_applied_at() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.applied_at := clock_timestamp();
  return new;
end
$$;
comment on function coach.stamp_applied_at() is 'Before a job is first APPLIED: stamps the time.';

create trigger jobs_stamp_applied_at
before insert or update on coach.jobs
for each row when (new.status = 'APPLIED' and new.applied_at is null) execute function coach.stamp_applied_at();

create trigger jobs_touch
before update on coach.jobs
for each row execute function base.touch_updated_at();
select audit.attach('coach.jobs');

create table coach.status_changes (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  job_id uuid not null,
  from_status coach.job_status,
  to_status coach.job_status not null,
  reason base.prose,
  changed_at timestamptz not null default clock_timestamp(),
  changed_by_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint status_changes_pkey primary key (user_id, id),
  constraint status_changes_job_id_fkey foreign key (user_id, job_id)
    references coach.jobs (user_id, id) on delete cascade,
  constraint status_changes_changed_by_id_fkey foreign key (changed_by_id)
    references identity.users (id) on delete set null
);

comment on table coach.status_changes is 'The timeline of a job''s status. Written by a trigger on jobs alone.';
comment on column coach.status_changes.user_id is 'Whose job it is.';
comment on column coach.status_changes.id is 'The change.';
comment on column coach.status_changes.job_id is 'The job.';
comment on column coach.status_changes.from_status is 'Status before; null at the job''s creation.';
comment on column coach.status_changes.to_status is 'Status after.';
comment on column coach.status_changes.reason is 'Why, in the user''s words.';
comment on column coach.status_changes.changed_at is 'When it changed.';
comment on column coach.status_changes.changed_by_id is
  'Who changed it; null where nobody was signed in, or who did was erased.';
comment on column coach.status_changes.created_at is 'When the row was made.';
comment on column coach.status_changes.updated_at is 'When the row last changed; strictly increasing.';

create index status_changes_job_id_changed_at_idx on coach.status_changes (user_id, job_id, changed_at, id);
create index status_changes_changed_by_id_idx on coach.status_changes (changed_by_id) where changed_by_id is not null;

revoke insert, update, delete on coach.status_changes from trellis_app;

create trigger status_changes_touch
before update on coach.status_changes
for each row execute function base.touch_updated_at();
select audit.attach('coach.status_changes');

create function coach.record_status_change() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  actor uuid := base.actor();
begin
  -- The job's owner is there by foreign key; anybody else may be gone by now.
  if actor <> new.user_id then
    actor := (select id from identity.users where id = actor);
  end if;
  insert into coach.status_changes (user_id, job_id, from_status, to_status, reason, changed_by_id)
  values (
    new.user_id,
    new.id,
    case when tg_op = 'UPDATE' then old.status end,
    new.status,
    nullif(current_setting('trellis.status_reason', true), ''),
    actor);
  return null;
end
$$;
comment on function coach.record_status_change() is
  'After a job was made or its status changed: adds to the timeline, with the reason in the setting '
  'trellis.status_reason.';

create trigger jobs_timeline_insert
after insert on coach.jobs
for each row execute function coach.record_status_change();
create trigger jobs_timeline_update
after update on coach.jobs
for each row when (old.status <> new.status) execute function coach.record_status_change();

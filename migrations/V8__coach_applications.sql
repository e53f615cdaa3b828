-- Applications: what was sent for a job, with which resume. Both must be the same user's, which the keys guarantee.

create type coach.application_method as enum ('MANUAL', 'AUTOMATED');
comment on type coach.application_method is 'Who sends an application: the user, or the coach.';

create type coach.application_status as enum ('DRAFT', 'SUBMITTED', 'UNDER_REVIEW', 'REJECTED', 'ACCEPTED');
comment on type coach.application_status is 'How far an application has come.';

create table coach.applications (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  job_id uuid not null,
  resume_id uuid,
  method coach.application_method not null default 'MANUAL',
  status coach.application_status not null default 'DRAFT',
  cover_letter base.prose,
  application_url base.url,
  confirmation_number base.line,
  submitted_at timestamptz,
  response_received_at timestamptz,
  follow_up_date date,
  notes base.prose,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint applications_pkey primary key (user_id, id),
  constraint applications_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint applications_job_id_fkey foreign key (user_id, job_id)
    references coach.jobs (user_id, id) on delete cascade,
  constraint applications_resume_id_fkey foreign key (user_id, resume_id)
    references coach.resumes (user_id, id) on delete set null (resume_id),
  -- What hangs on an application names its job too, so that both fit together.
  constraint applications_job_id_id_key unique (user_id, job_id, id),
  constraint applications_submitted_at_check check ((status = 'DRAFT') = (submitted_at is null))
);

comment on table coach.applications is 'An application for a job.';
comment on column coach.applications.user_id is 'Who applies.';
comment on column coach.applications.id is 'The application.';
comment on column coach.applications.job_id is 'The job applied for, the same user''s.';
comment on column coach.applications.resume_id is 'The resume sent, the same user''s; null: none, or it was deleted.';
comment on column coach.applications.method is 'Who sends it.';
comment on column coach.applications.status is 'How far it has come.';
comment on column coach.applications.cover_letter is 'The letter sent with it.';
comment on column coach.applications.application_url is 'Where it was made.';
comment on column coach.applications.confirmation_number is 'The employer''s number for it.';
comment on column coach.applications.submitted_at is 'When it left DRAFT: null as long as it is one.';
comment on column coach.applications.response_received_at is 'When the employer answered.';
comment on column coach.applications.follow_up_date is 'Day on which to ask again.';
comment on column coach.applications.notes is 'The user''s notes.';
comment on column coach.applications.created_at is 'When the application was made.';
comment on column coach.applications.updated_at is 'When the row last changed; strictly increasing.';

create index applications_resume_id_idx on coach.applications (user_id, resume_id) where resume_id is not null;
create index applications_user_id_status_submitted_at_idx on coach.applications (user_id, status, submitted_at);

-- An application leaves DRAFT once, by whatever statement: then it is stamped, its resume counts as used and its job
-- as applied for. It never becomes a draft again; among the other statuses it moves freely, as employers do.
create function coach.check_application_status() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'a submitted application cannot be a draft again'
    using errcode = 'TR409',
      detail = array_to_string(array_remove(enum_range(null::coach.application_status), 'DRAFT'), ', '),
      schema = 'coach', table = 'applications', column = 'status', constraint = 'applications_status_flow';
end
$$;
comment on function coach.check_application_status() is
  'Before a submitted application becomes a draft: refuses (TR409; the detail names the moves allowed).';

create function coach.stamp_submitted_at() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.submitted_at := clock_timestamp();
  return new;
end
$$;
comment on function coach.stamp_submitted_at() is 'Before an application leaves DRAFT: stamps the time.';

create function coach.record_submission() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update coach.resumes
  set last_used_at = greatest(last_used_at, new.submitted_at)
  where user_id = new.user_id
    and id = new.resume_id;
  update coach.jobs
  set status = 'APPLIED'
  where user_id = new.user_id
    and id = new.job_id
    and status = 'INTERESTED';
  return null;
end
$$;
comment on function coach.record_submission() is
  'After an application left DRAFT: its resume was used, and its job, if only INTERESTED, is APPLIED.';

create trigger applications_status_flow
before update on coach.applications
for each row when (old.status <> 'DRAFT' and new.status = 'DRAFT') execute function coach.check_application_status();
create trigger applications_stamp_submitted_at
before insert or update on coach.applications
for each row when (new.status <> 'DRAFT' and new.submitted_at is null) execute function coach.stamp_submitted_at();
create trigger applications_submission_insert
after insert on coach.applications
for each row when (new.status <> 'DRAFT') execute function coach.record_submission();
create trigger applications_submission_update
after update on coach.applications
for each row when (old.status = 'DRAFT' and new.status <> 'DRAFT') execute function coach.record_submission();
create trigger applications_touch
before update on coach.applications
for each row execute function base.touch_updated_at();
select audit.attach('coach.applications');

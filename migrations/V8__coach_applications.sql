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
    references coach.resumes (user_id, id) on delete set null (resume_id)
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
comment on column coach.applications.submitted_at is 'When it was submitted.';
comment on column coach.applications.response_received_at is 'When the employer answered.';
comment on column coach.applications.follow_up_date is 'Day on which to ask again.';
comment on column coach.applications.notes is 'The user''s notes.';
comment on column coach.applications.created_at is 'When the application was made.';
comment on column coach.applications.updated_at is 'When the row last changed; strictly increasing.';

create index applications_job_id_idx on coach.applications (user_id, job_id);
create index applications_resume_id_idx on coach.applications (user_id, resume_id) where resume_id is not null;
create index applications_user_id_status_submitted_at_idx on coach.applications (user_id, status, submitted_at);

create trigger applications_touch
before update on coach.applications
for each row execute function base.touch_updated_at();
select audit.attach('coach.applications');

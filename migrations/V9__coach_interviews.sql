-- Interviews that move their jobs along, rehearsals for them, and documents of a job.

create type coach.interview_type as enum ('PHONE', 'VIDEO', 'ONSITE', 'TECHNICAL', 'BEHAVIORAL', 'PANEL', 'FINAL');
comment on type coach.interview_type is 'The kind of an interview.';

create type coach.interview_outcome as enum ('PASSED', 'FAILED', 'PENDING', 'CANCELLED', 'NO_SHOW');
comment on type coach.interview_outcome is 'What became of an interview.';

create type coach.difficulty as enum ('easy', 'medium', 'hard');
comment on type coach.difficulty is 'How hard a rehearsal is.';

create type coach.document_type as enum (
  'RESUME', 'COVER_LETTER', 'PORTFOLIO', 'TRANSCRIPT', 'REFERENCE', 'OTHER');
comment on type coach.document_type is 'What a document is.';

create table coach.interviews (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  job_id uuid not null,
  application_id uuid,
  interview_type coach.interview_type not null,
  scheduled_at timestamptz not null,
  duration integer,
  timezone base.timezone,
  location base.line,
  meeting_url base.url,
  interviewers base.json_array not null default '[]',
  round integer,
  outcome coach.interview_outcome not null default 'PENDING',
  completed_at timestamptz,
  notes base.prose,
  preparation_notes base.prose,
  feedback base.prose,
  questions_asked base.lines not null default '{}',
  follow_up_sent_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint interviews_pkey primary key (user_id, id),
  constraint interviews_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint interviews_job_id_fkey foreign key (user_id, job_id)
    references coach.jobs (user_id, id) on delete cascade,
  constraint interviews_application_id_fkey foreign key (user_id, job_id, application_id)
    references coach.applications (user_id, job_id, id) on delete set null (application_id),
  constraint interviews_duration_check check (duration between 5 and 600),
  constraint interviews_interviewers_check check (jsonb_array_length(interviewers) <= 50),
  constraint interviews_round_check check (round between 1 and 100),
  constraint interviews_completed_at_check check ((outcome = 'PENDING') = (completed_at is null))
);

comment on table coach.interviews is 'An interview for a job.';
comment on column coach.interviews.user_id is 'Who is interviewed.';
comment on column coach.interviews.id is 'The interview.';
comment on column coach.interviews.job_id is 'The job, the same user''s.';
comment on column coach.interviews.application_id is 'The application for that job; null: none, or it was deleted.';
comment on column coach.interviews.interview_type is 'The kind of interview.';
comment on column coach.interviews.scheduled_at is 'When it begins.';
comment on column coach.interviews.duration is 'How long it takes in minutes, 5 to 600.';
comment on column coach.interviews.timezone is 'The time zone in which it was arranged.';
comment on column coach.interviews.location is 'Where it is held.';
comment on column coach.interviews.meeting_url is 'Where it is held online.';
comment on column coach.interviews.interviewers is
  'Who asks: a JSON array of at most 50 objects of name, title, email.';
comment on column coach.interviews.round is 'Which round of interviews, 1 to 100.';
comment on column coach.interviews.outcome is 'What became of it.';
comment on column coach.interviews.completed_at is 'When its outcome was recorded: null as long as it is PENDING.';
comment on column coach.interviews.notes is 'The user''s notes.';
comment on column coach.interviews.preparation_notes is 'What the user prepared.';
comment on column coach.interviews.feedback is 'What the employer said of it.';
comment on column coach.interviews.questions_asked is 'Questions that were asked.';
comment on column coach.interviews.follow_up_sent_at is 'When the user thanked or asked again.';
comment on column coach.interviews.created_at is 'When the interview was noted.';
comment on column coach.interviews.updated_at is 'When the row last changed; strictly increasing.';

create index interviews_job_id_idx on coach.interviews (user_id, job_id, id);
create index interviews_application_id_idx on coach.interviews (user_id, job_id, application_id)
  where application_id is not null;
create index interviews_user_id_outcome_scheduled_at_idx on coach.interviews (user_id, outcome, scheduled_at, id);

create function coach.stamp_completed_at() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.completed_at := case when new.outcome <> 'PENDING' then coalesce(new.completed_at, clock_timestamp()) end;
  return new;
end
$$;
comment on function coach.stamp_completed_at() is
  'Before an interview has an outcome, or has none again: stamps the time, or takes it back.';

create trigger interviews_stamp_completed_at
before insert or update on coach.interviews
for each row when ((new.outcome = 'PENDING') <> (new.completed_at is null))
execute function coach.stamp_completed_at();

create function coach.move_interviewed_job() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Only as far as the flow goes; what is known of a job beyond its interviews is never taken back.
  if new.outcome = 'PENDING' then
    update coach.jobs
    set status = 'INTERVIEW_SCHEDULED'
    where user_id = new.user_id
      and id = new.job_id
      and status in ('INTERESTED', 'APPLIED', 'INTERVIEW_COMPLETED');
  else
    update coach.jobs
    set status = 'INTERVIEW_COMPLETED'
    where user_id = new.user_id
      and id = new.job_id
      and status in ('INTERESTED', 'APPLIED', 'INTERVIEW_SCHEDULED');
  end if;
  return null;
end
$$;
comment on function coach.move_interviewed_job() is
  'After an interview was arranged its job is INTERVIEW_SCHEDULED, after it took place INTERVIEW_COMPLETED, where the '
  'flow allows it and the job is no further.';

-- An interview that was cancelled or missed moves nothing; a recorded outcome that is corrected neither.
create trigger interviews_move_job_insert
after insert on coach.interviews
for each row when (new.outcome in ('PENDING', 'PASSED', 'FAILED')) execute function coach.move_interviewed_job();
create trigger interviews_move_job_update
after update on coach.interviews
for each row when (old.outcome not in ('PASSED', 'FAILED') and new.outcome in ('PASSED', 'FAILED'))
execute function coach.move_interviewed_job();
create trigger interviews_touch
before update on coach.interviews
for each row execute function base.touch_updated_at();
select audit.attach('coach.interviews');

create table coach.mock_interviews (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  interview_id uuid,
  title base.line not null,
  interview_type coach.interview_type not null,
  target_role base.line,
  target_company base.line,
  difficulty coach.difficulty,
  overall_score base.percent,
  technical_score base.percent,
  communication_score base.percent,
  strengths base.lines not null default '{}',
  areas_to_improve base.lines not null default '{}',
  conversation_history base.json_object not null default '{"messages": []}',
  ai_analysis base.json_object,
  is_completed boolean not null default false,
  completed_at timestamptz,
  started_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint mock_interviews_pkey primary key (user_id, id),
  constraint mock_interviews_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint mock_interviews_interview_id_fkey foreign key (user_id, interview_id)
    references coach.interviews (user_id, id) on delete set null (interview_id),
  constraint mock_interviews_conversation_history_check
    check (jsonb_typeof(conversation_history -> 'messages') = 'array'
      and octet_length(conversation_history::text) <= 262144),
  constraint mock_interviews_completed_at_check check (is_completed = (completed_at is not null))
);

comment on table coach.mock_interviews is 'A rehearsal: an interview with the coach.';
comment on column coach.mock_interviews.user_id is 'Who rehearses.';
comment on column coach.mock_interviews.id is 'The rehearsal.';
comment on column coach.mock_interviews.interview_id is
  'The interview rehearsed for, the same user''s; null: none, or it was deleted.';
comment on column coach.mock_interviews.title is 'What the user calls it.';
comment on column coach.mock_interviews.interview_type is 'The kind of interview rehearsed.';
comment on column coach.mock_interviews.target_role is 'The position rehearsed for.';
comment on column coach.mock_interviews.target_company is 'The employer rehearsed for.';
comment on column coach.mock_interviews.difficulty is 'How hard it is.';
comment on column coach.mock_interviews.overall_score is 'How well it went, 0 to 100.';
comment on column coach.mock_interviews.technical_score is 'How well the subject went, 0 to 100.';
comment on column coach.mock_interviews.communication_score is 'How well the talking went, 0 to 100.';
comment on column coach.mock_interviews.strengths is 'What went well.';
comment on column coach.mock_interviews.areas_to_improve is 'What to work on.';
comment on column coach.mock_interviews.conversation_history is
  'What was said: a JSON object whose messages are objects of role and content, oldest first; at most 256 KiB.';
comment on column coach.mock_interviews.ai_analysis is 'The analysis: a JSON object of summary, detailedFeedback.';
comment on column coach.mock_interviews.is_completed is 'Whether it is over; then nothing of it changes any more.';
comment on column coach.mock_interviews.completed_at is 'When it was over: null as long as it is not.';
comment on column coach.mock_interviews.started_at is 'When it began.';
comment on column coach.mock_interviews.created_at is 'When the rehearsal was noted.';
comment on column coach.mock_interviews.updated_at is 'When the row last changed; strictly increasing.';

create index mock_interviews_interview_id_idx on coach.mock_interviews (user_id, interview_id)
  where interview_id is not null;
create index mock_interviews_user_id_is_completed_created_at_idx
  on coach.mock_interviews (user_id, is_completed, created_at);

create function coach.check_mock_interview_completed() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The interview that it was for may be deleted, which a foreign key writes here.
  if new.interview_id is null then
    old.interview_id := null;
  end if;
  if new is distinct from old then
    raise exception 'a completed mock interview does not change any more'
      using errcode = 'TR409',
        schema = 'coach', table = 'mock_interviews', column = 'is_completed', constraint = 'mock_interviews_completed';
  end if;
  return new;
end
$$;
comment on function coach.check_mock_interview_completed() is
  'Before a completed mock interview changes: refuses (TR409).';

create function coach.complete_mock_interview() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.completed_at := clock_timestamp();
  return new;
end
$$;
comment on function coach.complete_mock_interview() is 'Before a mock interview is completed: stamps the time.';

create trigger mock_interviews_completed
before update on coach.mock_interviews
for each row when (old.is_completed) execute function coach.check_mock_interview_completed();
create trigger mock_interviews_stamp_completed_at
before insert or update on coach.mock_interviews
for each row when (new.is_completed and new.completed_at is null)
execute function coach.complete_mock_interview();
create trigger mock_interviews_touch
before update on coach.mock_interviews
for each row execute function base.touch_updated_at();
select audit.attach('coach.mock_interviews');

create table coach.documents (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  job_id uuid not null,
  document_type coach.document_type not null,
  title base.line not null,
  file_name base.line not null,
  file_url base.url,
  file_size coach.file_size not null,
  mime_type base.media_type not null,
  description base.prose,
  content text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint documents_pkey primary key (user_id, id),
  constraint documents_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint documents_job_id_fkey foreign key (user_id, job_id)
    references coach.jobs (user_id, id) on delete cascade,
  constraint documents_content_check check (char_length(content) <= 200000)
);

comment on table coach.documents is 'A document kept with a job.';
comment on column coach.documents.user_id is 'Whose document it is.';
comment on column coach.documents.id is 'The document.';
comment on column coach.documents.job_id is 'The job, the same user''s.';
comment on column coach.documents.document_type is 'What it is.';
comment on column coach.documents.title is 'What the user calls it.';
comment on column coach.documents.file_name is 'Name of the file.';
comment on column coach.documents.file_url is 'Where the file is kept.';
comment on column coach.documents.file_size is 'Size of the file in bytes, at most 10 MiB.';
comment on column coach.documents.mime_type is 'Media type of the file.';
comment on column coach.documents.description is 'What the user says of it.';
comment on column coach.documents.content is 'The file''s text: at most 200,000 characters.';
comment on column coach.documents.created_at is 'When the document was added.';
comment on column coach.documents.updated_at is 'When the row last changed; strictly increasing.';

create index documents_job_id_document_type_idx on coach.documents (user_id, job_id, document_type);

create trigger documents_touch
before update on coach.documents
for each row execute function base.touch_updated_at();
select audit.attach('coach.documents');

-- Skill imports: a queue that the servers work off, each import in one server at a time. Who takes one leases it; a
-- lease that has run out is anybody's, three times at most.

create type smatrx.import_source as enum ('github', 'linkedin', 'resume');
comment on type smatrx.import_source is 'Where skills are imported from.';

create type smatrx.import_status as enum ('pending', 'processing', 'completed', 'failed');
comment on type smatrx.import_status is 'How far an import has come.';

create table smatrx.skill_imports (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  source smatrx.import_source not null,
  status smatrx.import_status not null default 'pending',
  progress base.percent not null default 0,
  message base.line,
  results base.json_object,
  error base.prose,
  resume text,
  items base.json_array,
  attempts integer not null default 0,
  leased_until timestamptz,
  started_at timestamptz not null default now(),
  completed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint skill_imports_pkey primary key (user_id, id),
  constraint skill_imports_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint skill_imports_resume_check check (octet_length(resume) <= 1048576),
  constraint skill_imports_items_check check (jsonb_array_length(items) <= 1000),
  constraint skill_imports_attempts_check check (attempts between 0 and 3),
  -- One of the two while there is something to do, neither after.
  constraint skill_imports_input_check check (
    num_nonnulls(resume, items) = case when status in ('pending', 'processing') then 1 else 0 end),
  constraint skill_imports_leased_until_check check ((status = 'processing') = (leased_until is not null)),
  constraint skill_imports_completed_at_check check (
    (status in ('completed', 'failed')) = (completed_at is not null)),
  constraint skill_imports_results_check check ((status = 'completed') = (results is not null)),
  constraint skill_imports_error_check check ((status = 'failed') = (error is not null)),
  constraint skill_imports_progress_check check (status <> 'completed' or progress = 100)
);

comment on table smatrx.skill_imports is 'Skills that a user has asked to be read out of something: a queue.';
comment on column smatrx.skill_imports.user_id is 'Whose skills they are.';
comment on column smatrx.skill_imports.id is 'The import.';
comment on column smatrx.skill_imports.source is 'Where the skills come from.';
comment on column smatrx.skill_imports.status is 'How far it has come.';
comment on column smatrx.skill_imports.progress is 'Progress in percent; 100 when it is completed.';
comment on column smatrx.skill_imports.message is 'What is being done, for the user.';
comment on column smatrx.skill_imports.results is
  'What came of it: a JSON object of matched, unknown, created, updated; null until it is completed.';
comment on column smatrx.skill_imports.error is 'Why it failed; null: it did not.';
comment on column smatrx.skill_imports.resume is
  'The plain text to be read, at most 1 MiB; cleared when there is nothing left to do.';
comment on column smatrx.skill_imports.items is
  'The skills to be recorded: a JSON array of at most 1,000 objects of skill, level, years of experience, evidence; '
  'cleared when there is nothing left to do.';
comment on column smatrx.skill_imports.attempts is 'How often a server has taken it, 0 to 3.';
comment on column smatrx.skill_imports.leased_until is
  'Until when it is in the hands of a server; null: in nobody''s.';
comment on column smatrx.skill_imports.started_at is 'When it was asked for, then when a server last took it.';
comment on column smatrx.skill_imports.completed_at is 'When it was completed or failed; null: not yet.';
comment on column smatrx.skill_imports.created_at is 'When it was asked for.';
comment on column smatrx.skill_imports.updated_at is 'When the row last changed; strictly increasing.';

create index skill_imports_status_leased_until_idx on smatrx.skill_imports (status, leased_until, id)
  where status in ('pending', 'processing');
create index skill_imports_user_id_source_idx on smatrx.skill_imports (user_id, source, id);

create trigger skill_imports_touch
before update on smatrx.skill_imports
for each row execute function base.touch_updated_at();
select audit.attach('smatrx.skill_imports', array['progress', 'message', 'leased_until']);

create table smatrx.skill_import_skills (
  user_id uuid not null,
  import_id uuid not null,
  skill_id uuid not null,
  created_at timestamptz not null default now(),
  constraint skill_import_skills_pkey primary key (user_id, import_id, skill_id),
  constraint skill_import_skills_import_id_fkey foreign key (user_id, import_id)
    references smatrx.skill_imports (user_id, id) on delete cascade,
  constraint skill_import_skills_skill_id_fkey foreign key (skill_id)
    references smatrx.skills (id) on delete cascade
);

comment on table smatrx.skill_import_skills is 'Which skills of the catalogue an import found.';
comment on column smatrx.skill_import_skills.user_id is 'Whose import it is.';
comment on column smatrx.skill_import_skills.import_id is 'The import, the same user''s.';
comment on column smatrx.skill_import_skills.skill_id is 'A skill that it found.';
comment on column smatrx.skill_import_skills.created_at is 'When it was found.';

create index skill_import_skills_skill_id_idx on smatrx.skill_import_skills (skill_id);

select audit.attach('smatrx.skill_import_skills');

-- Resumes: uploaded files with what was read out of them, one of them the user's primary one.

create domain coach.file_size as integer
  constraint file_size_check check (value between 0 and 10485760);
comment on domain coach.file_size is 'Size of a file in bytes, at most 10 MiB.';

create domain coach.mime_type as text
  constraint mime_type_check check (value in (
    'application/pdf',
    'application/msword',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'text/plain',
    'application/json'));
comment on domain coach.mime_type is 'Media type of a file: pdf, doc, docx, txt or json.';

create table coach.resumes (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  title base.line not null,
  file_name base.line not null,
  file_url base.url,
  file_size coach.file_size not null,
  mime_type coach.mime_type not null,
  is_primary boolean not null default false,
  is_active boolean not null default true,
  raw_text text,
  parsed_data base.json_object,
  version integer not null default 1,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint resumes_pkey primary key (user_id, id),
  constraint resumes_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint resumes_raw_text_check check (char_length(raw_text) <= 200000),
  constraint resumes_version_check check (version >= 1)
);

comment on table coach.resumes is 'A resume of a user.';
comment on column coach.resumes.user_id is 'Whose resume it is.';
comment on column coach.resumes.id is 'The resume.';
comment on column coach.resumes.title is 'What the user calls it.';
comment on column coach.resumes.file_name is 'Name of the file.';
comment on column coach.resumes.file_url is 'Where the file is kept.';
comment on column coach.resumes.file_size is 'Size of the file in bytes, at most 10 MiB.';
comment on column coach.resumes.mime_type is 'Media type of the file.';
comment on column coach.resumes.is_primary is
  'Whether it is the one used unless another is named: at most one per user.';
comment on column coach.resumes.is_active is 'Whether it is still offered for applications.';
comment on column coach.resumes.raw_text is 'The file''s text: at most 200,000 characters.';
comment on column coach.resumes.parsed_data is
  'What was read out of it: a JSON object of name, e-mail, phone, skills, experience.';
comment on column coach.resumes.version is 'The user''s count of its revisions, 1 or more.';
comment on column coach.resumes.last_used_at is 'When an application was last submitted with it.';
comment on column coach.resumes.created_at is 'When the resume was made.';
comment on column coach.resumes.updated_at is 'When the row last changed; strictly increasing.';

create unique index resumes_user_id_is_primary_key on coach.resumes (user_id) where is_primary;
create index resumes_user_id_is_active_idx on coach.resumes (user_id, is_active, id);

-- Whoever makes a resume the primary one takes the mark from the one that has it, in the same statement. The user's row
-- is locked first, so that of two that come at once the second sees what the first did.
create function coach.move_primary_resume() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform from identity.users where id = new.user_id for no key update;
  update coach.resumes
  set is_primary = false
  where user_id = new.user_id
    and is_primary
    and id <> new.id;
  return new;
end
$$;
comment on function coach.move_primary_resume() is
  'Before a resume becomes the primary one: takes the mark from the user''s other resume.';

create trigger resumes_primary_insert
before insert on coach.resumes
for each row when (new.is_primary) execute function coach.move_primary_resume();
create trigger resumes_primary_update
before update on coach.resumes
for each row when (new.is_primary and not old.is_primary) execute function coach.move_primary_resume();
create trigger resumes_touch
before update on coach.resumes
for each row execute function base.touch_updated_at();
select audit.attach('coach.resumes');

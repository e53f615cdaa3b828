-- What has to be got together: documents, and the checklists that they are ticked off on.

create type migratio.document_status as enum ('draft', 'ready', 'submitted', 'archived');
comment on type migratio.document_status is 'What somebody has done with a document.';

create type migratio.verification_status as enum ('unverified', 'pending', 'verified', 'rejected');
comment on type migratio.verification_status is 'Whether a consultant has looked at a document.';

create type migratio.checklist_status as enum ('notStarted', 'inProgress', 'completed');
comment on type migratio.checklist_status is 'How much of a checklist is done.';

create table migratio.documents (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  document_type_id uuid not null,
  title base.line not null,
  file_name base.line not null,
  file_url base.url,
  file_size_bytes bigint not null,
  mime_type base.media_type not null,
  status migratio.document_status not null default 'draft',
  verification_status migratio.verification_status not null default 'unverified',
  verified_by_id uuid,
  verification_notes base.prose,
  issue_date date,
  expiry_date date,
  document_number bytea,
  notes base.prose,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint documents_pkey primary key (user_id, id),
  constraint documents_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint documents_document_type_id_fkey foreign key (document_type_id)
    references migratio.document_types (id) on delete restrict,
  constraint documents_verified_by_id_fkey foreign key (verified_by_id)
    references identity.users (id) on delete set null,
  constraint documents_file_size_bytes_check check (file_size_bytes between 1 and 1073741824),
  constraint documents_document_number_check check (octet_length(document_number) <= 4096),
  constraint documents_expiry_date_check check (
    expiry_date >= issue_date and isfinite(issue_date) and isfinite(expiry_date))
);

comment on table migratio.documents is 'A document that somebody has for an application. The file is kept elsewhere.';
comment on column migratio.documents.user_id is 'Whose document it is.';
comment on column migratio.documents.id is 'The document.';
comment on column migratio.documents.document_type_id is 'What kind of document it is.';
comment on column migratio.documents.title is 'What the user calls it.';
comment on column migratio.documents.file_name is 'Name of the file.';
comment on column migratio.documents.file_url is 'Where the file is; null: not uploaded yet.';
comment on column migratio.documents.file_size_bytes is
  'Size of the file, 1 byte to 1 GiB, and no more than its kind allows.';
comment on column migratio.documents.mime_type is 'Media type of the file, one that its kind accepts.';
comment on column migratio.documents.status is 'What was done with it.';
comment on column migratio.documents.verification_status is
  'Whether it was verified; follows migratio.verification_moves(). Another file or number is unverified.';
comment on column migratio.documents.verified_by_id is
  'Who verified or rejected it; null: nobody, or their account is gone.';
comment on column migratio.documents.verification_notes is 'What they said to it.';
comment on column migratio.documents.issue_date is 'When it was issued.';
comment on column migratio.documents.expiry_date is
  'The last day on which it is good; null: for ever. Where it is not said, its kind says it.';
comment on column migratio.documents.document_number is 'Its number, encrypted for this row and column; at most 4 KiB.';
comment on column migratio.documents.notes is 'Notes.';
comment on column migratio.documents.created_at is 'When it was added.';
comment on column migratio.documents.updated_at is 'When the row last changed; strictly increasing.';

create index documents_user_id_expiry_date_id_idx on migratio.documents (user_id, expiry_date, id)
  where expiry_date is not null;
create index documents_user_id_status_id_idx on migratio.documents (user_id, status, id);
create index documents_document_type_id_idx on migratio.documents (document_type_id);
create index documents_verified_by_id_idx on migratio.documents (verified_by_id) where verified_by_id is not null;
-- What consultants have to look at, the oldest first.
create index documents_pending_idx on migratio.documents (id) where verification_status = 'pending';
create index documents_asked_idx on migratio.documents (id) where verification_status <> 'unverified';

create trigger documents_touch
before update on migratio.documents
for each row execute function base.touch_updated_at();
select audit.attach('migratio.documents', secret => array['issue_date', 'expiry_date']);

create function migratio.verification_moves(document migratio.documents, actor uuid)
returns migratio.verification_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case
    when document.verification_status in ('unverified', 'rejected') then '{pending}'
    when document.verification_status = 'pending' and coalesce(actor <> document.user_id, true)
      then '{verified,rejected,unverified}'
    when document.verification_status = 'pending' then '{unverified}'
    else '{}'
  end::migratio.verification_status[];
end
$$;
comment on function migratio.verification_moves(migratio.documents, uuid) is
  'The verification statuses that this actor may move a document to: nobody verifies their own.';
grant execute on function migratio.verification_moves(migratio.documents, uuid) to trellis_app, trellis_readonly;

create function migratio.check_document() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  kind migratio.document_types;
begin
  -- What was accepted once stays, whatever its kind accepts by now.
  if tg_op = 'UPDATE' then
    if (new.document_type_id, new.file_size_bytes, new.mime_type, new.issue_date, new.expiry_date)
      is not distinct from (old.document_type_id, old.file_size_bytes, old.mime_type, old.issue_date, old.expiry_date)
    then
      return new;
    end if;
  end if;
  select *
  into kind
  from migratio.document_types
  where id = new.document_type_id;
  if kind.accepted_file_types <> '{}' and lower(new.mime_type) <> all (base.lowered(kind.accepted_file_types)) then
    raise exception 'must be one of %', array_to_string(kind.accepted_file_types, ', ')
      using errcode = 'check_violation', schema = 'migratio', table = 'documents', column = 'mime_type',
        constraint = 'documents_mime_type_accepted_check';
  elsif new.file_size_bytes > kind.max_file_size_bytes then
    raise exception 'must be at most %', kind.max_file_size_bytes
      using errcode = 'check_violation', schema = 'migratio', table = 'documents', column = 'file_size_bytes',
        constraint = 'documents_file_size_bytes_accepted_check';
  end if;
  new.expiry_date := coalesce(new.expiry_date,
    (new.issue_date + make_interval(months => kind.validity_months))::date);
  if kind.expires and new.expiry_date is null then
    raise exception 'is needed for this kind of document'
      using errcode = 'check_violation', schema = 'migratio', table = 'documents', column = 'expiry_date',
        constraint = 'documents_expiry_date_needed_check';
  end if;
  return new;
end
$$;
comment on function migratio.check_document() is
  'Before a document is written: it is what its kind accepts, and expires as its kind does.';

create function migratio.unverify() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.verification_status := 'unverified';
  new.verified_by_id := null;
  new.verification_notes := null;
  return new;
end
$$;
comment on function migratio.unverify() is
  'Before another file, kind, number or date is written: nobody has verified that.';

create function migratio.is_seen(seen timestamptz, present timestamptz) returns boolean
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if seen <> present then
    raise exception 'the document has changed since you looked at it'
      using errcode = 'TR409', schema = 'migratio', table = 'documents', constraint = 'documents_seen';
  end if;
  return true;
end
$$;
comment on function migratio.is_seen(timestamptz, timestamptz) is
  'Refuses (TR409) to decide on another version of a document than the one that was looked at; null: any is meant.';
grant execute on function migratio.is_seen(timestamptz, timestamptz) to trellis_app;

create trigger documents_check
before insert or update of document_type_id, file_size_bytes, mime_type, issue_date, expiry_date on migratio.documents
for each row execute function migratio.check_document();
-- Not where the number alone is set: that is the same number, encrypted anew.
create trigger documents_unverify
before update of document_type_id, file_url, file_name, file_size_bytes, mime_type, issue_date, expiry_date
on migratio.documents
for each row when (
  (old.document_type_id, old.file_url, old.file_name, old.file_size_bytes, old.mime_type, old.issue_date,
    old.expiry_date, old.document_number)
  is distinct from
  (new.document_type_id, new.file_url, new.file_name, new.file_size_bytes, new.mime_type, new.issue_date,
    new.expiry_date, new.document_number))
execute function migratio.unverify();
create trigger documents_verification_flow
before update of verification_status on migratio.documents
for each row execute function base.check_move(
  'a document', 'migratio.verification_moves($1, $2)', 'verification_status');

create table migratio.document_checklists (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  program_id uuid,
  roadmap_id uuid,
  title base.line not null,
  status migratio.checklist_status not null default 'notStarted',
  items base.json_array not null default '[]',
  completion_percentage base.percent not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint document_checklists_pkey primary key (user_id, id),
  constraint document_checklists_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint document_checklists_program_id_fkey foreign key (program_id)
    references migratio.programs (id) on delete set null,
  constraint document_checklists_roadmap_id_fkey foreign key (user_id, roadmap_id)
    references migratio.roadmaps (user_id, id) on delete set null (roadmap_id),
  constraint document_checklists_items_check check (
    jsonb_array_length(items) <= 100
    and jsonb_array_length(items) = jsonb_array_length(jsonb_path_query_array(items,
      'strict $[*] ? (@.type() == "object" && @.id.type() == "string" && @.name.type() == "string"
        && @.isRequired.type() == "boolean" && (@.status == "missing" || @.status == "inProgress"
          || @.status == "ready" || @.status == "submitted" || @.status == "notApplicable"))')))
);

comment on table migratio.document_checklists is 'What somebody has to get together.';
comment on column migratio.document_checklists.user_id is 'Whose it is.';
comment on column migratio.document_checklists.id is 'The checklist.';
comment on column migratio.document_checklists.program_id is 'The programme it is for; null: none, or it is gone.';
comment on column migratio.document_checklists.roadmap_id is
  'The roadmap it is for, the same user''s; null: none, or it is gone.';
comment on column migratio.document_checklists.title is 'What it is called.';
comment on column migratio.document_checklists.status is 'How much of it is done; follows the items.';
comment on column migratio.document_checklists.items is
  'What is on it: a JSON array of at most 100 objects of id, requirementId, documentTypeId, name, isRequired, '
  'stage, status (missing, inProgress, ready, submitted, notApplicable), documentId, notes.';
comment on column migratio.document_checklists.completion_percentage is
  'How many of the required items are ready, submitted or not applicable, in percent; of all, where none is '
  'required. Kept by the database.';
comment on column migratio.document_checklists.created_at is 'When it was made.';
comment on column migratio.document_checklists.updated_at is 'When the row last changed; strictly increasing.';

create index document_checklists_user_id_roadmap_id_idx on migratio.document_checklists (user_id, roadmap_id)
  where roadmap_id is not null;
create index document_checklists_program_id_idx on migratio.document_checklists (program_id)
  where program_id is not null;
create index document_checklists_user_id_status_id_idx on migratio.document_checklists (user_id, status, id);

create trigger document_checklists_touch
before update on migratio.document_checklists
for each row execute function base.touch_updated_at();
select audit.attach('migratio.document_checklists');

create function migratio.checklist_items(program uuid) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', base.uuid_v7(),
      'requirementId', requirement.id,
      'documentTypeId', requirement.document_type_id,
      'name', requirement.name,
      'isRequired', requirement.is_required,
      'stage', requirement.stage,
      'status', 'missing') order by stage, position, requirement.id), '[]')
    from (
      select own.id, own.document_type_id, own.name, own.is_required, own.stage, own.position
      from migratio.program_documents as asked
      join migratio.document_requirements as own on own.id = asked.requirement_id
      where asked.program_id = program
      order by own.is_required desc, own.stage, own.position, own.id
      limit 100
    ) as requirement);
end
$$;
comment on function migratio.checklist_items(uuid) is 'What a programme asks for, as the items of a checklist: at most 100, what is required first.';
grant execute on function migratio.checklist_items(uuid) to trellis_app;

create function migratio.follow_items() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted constant uuid[] := array(
    select distinct (item ->> 'documentId')::uuid
    from jsonb_array_elements(new.items) as item
    where item ->> 'documentId' is not null);
  found integer;
begin
  -- Locked, so that no document goes while an item takes it.
  select count(*)
  into found
  from (
    select
    from migratio.documents
    where user_id = new.user_id
      and id = any (wanted)
    order by id
    for key share
  ) as held;
  if found < cardinality(wanted) then
    raise exception 'must be a document of yours'
      using errcode = 'check_violation', schema = 'migratio', table = 'document_checklists', column = 'document_id',
        constraint = 'document_checklists_document_id_check';
  end if;
  select coalesce(
    count(*) filter (where required and done) * 100 / nullif(count(*) filter (where required), 0),
    count(*) filter (where done) * 100 / nullif(count(*), 0), 0)
  into new.completion_percentage
  from jsonb_array_elements(new.items) as item
  cross join lateral (values (
    (item -> 'isRequired')::boolean, item ->> 'status' in ('ready', 'submitted', 'notApplicable')
  )) as state (required, done);
  new.status := case
    when new.completion_percentage = 100 then 'completed'
    when jsonb_path_exists(new.items, '$[*] ? (@.status != "missing")') then 'inProgress'
    else 'notStarted'
  end;
  return new;
end
$$;
comment on function migratio.follow_items() is
  'Before a checklist is written: its documents are the same user''s, and its status follows its items.';

create function migratio.let_go_of_document() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update migratio.document_checklists
  set items = (
    select jsonb_agg(
      case when item ->> 'documentId' = old.id::text then item - 'documentId' else item end order by place)
    from jsonb_array_elements(items) with ordinality as list (item, place))
  where user_id = old.user_id
    and items @> jsonb_build_array(jsonb_build_object('documentId', old.id));
  return null;
end
$$;
comment on function migratio.let_go_of_document() is
  'After a document was deleted: no item of a checklist names it any longer.';

create trigger document_checklists_follow_items
before insert or update on migratio.document_checklists
for each row execute function migratio.follow_items();
create trigger documents_let_go
after delete on migratio.documents
for each row execute function migratio.let_go_of_document();

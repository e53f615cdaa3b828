-- What patients and practices write to each other.

create table visitnow.conversations (
  id uuid not null default base.uuid_v7(),
  provider_id uuid not null,
  patient_id uuid not null,
  subject base.line not null,
  unread_count_provider integer not null default 0,
  unread_count_patient integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint conversations_pkey primary key (id),
  constraint conversations_provider_id_fkey foreign key (provider_id)
    references visitnow.providers (id) on delete cascade,
  constraint conversations_patient_id_fkey foreign key (patient_id)
    references visitnow.patients (id) on delete cascade,
  constraint conversations_unread_count_provider_check check (unread_count_provider >= 0),
  constraint conversations_unread_count_patient_check check (unread_count_patient >= 0)
);

comment on table visitnow.conversations is
  'What a patient and a provider, or their staff, write to each other about one subject.';
comment on column visitnow.conversations.id is 'The conversation.';
comment on column visitnow.conversations.provider_id is 'The provider.';
comment on column visitnow.conversations.patient_id is 'The patient.';
comment on column visitnow.conversations.subject is 'What it is about.';
comment on column visitnow.conversations.unread_count_provider is
  'How many messages of the patient the practice has not read; kept by the database.';
comment on column visitnow.conversations.unread_count_patient is
  'How many messages of the practice the patient has not read; kept by the database.';
comment on column visitnow.conversations.created_at is 'When it was begun.';
comment on column visitnow.conversations.updated_at is
  'When the row last changed, as it does with every message; strictly increasing.';

create index conversations_provider_id_updated_at_idx on visitnow.conversations (provider_id, updated_at, id);
create index conversations_patient_id_updated_at_idx on visitnow.conversations (patient_id, updated_at, id);

create function visitnow.check_correspondents() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  actor constant uuid := base.actor();
begin
  if actor is null then
    return new;
  end if;
  if exists (select from visitnow.patients where id = new.patient_id and user_id = actor) then
    if not exists (
      select
      from visitnow.providers
      where id = new.provider_id
        and user_id <> actor
        and visitnow.practises(id)
    ) then
      raise exception 'must be an active provider, and somebody else'
        using errcode = 'check_violation',
          schema = 'visitnow', table = 'conversations', column = 'provider_id',
          constraint = 'conversations_provider_id_active_check';
    end if;
    return new;
  end if;
  if not visitnow.acts_for(actor, new.provider_id, 'messages:write') then
    raise exception 'needs the permission messages:write of this provider, or a patient''s record'
      using errcode = 'TR403',
        schema = 'visitnow', table = 'conversations', column = 'provider_id';
  end if;
  if not visitnow.practises(new.provider_id) then
    raise exception 'nothing is written for a provider who does not practise at present'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'conversations', column = 'provider_id', constraint = 'conversations_practising';
  end if;
  if new.patient_id is null then
    -- Here, since the table's own refusal would put the row into PostgreSQL's log.
    raise exception 'a practice writes to a patient'
      using errcode = 'not_null_violation',
        schema = 'visitnow', table = 'conversations', column = 'patient_id';
  end if;
  if not exists (
    select
    from visitnow.appointments
    where provider_id = new.provider_id
      and patient_id = new.patient_id
      and status <> 'cancelled'
  ) then
    raise exception 'must be a patient who has or had an appointment with the provider'
      using errcode = 'check_violation',
        schema = 'visitnow', table = 'conversations', column = 'patient_id',
        constraint = 'conversations_patient_id_shared_check';
  end if;
  return new;
end
$$;
comment on function visitnow.check_correspondents() is
  'Before a conversation is begun: a patient begins one with an active provider, a practice with a patient who has or had an '
  'appointment there, if it was not cancelled. Nobody else does (TR403).';

create trigger conversations_correspondents
before insert on visitnow.conversations
for each row execute function visitnow.check_correspondents();
create trigger conversations_parties
before update of provider_id, patient_id on visitnow.conversations
for each row when (old.provider_id <> new.provider_id or old.patient_id <> new.patient_id)
execute function base.refuse_change('a conversation is of a patient with a provider, and stays so');
create trigger conversations_unread_kept
before update of unread_count_provider, unread_count_patient on visitnow.conversations
for each row when (pg_trigger_depth() = 0)
execute function base.refuse_change('unread messages are counted by the database');
create trigger conversations_touch
before update on visitnow.conversations
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.conversations', array['unread_count_provider', 'unread_count_patient']);

create table visitnow.messages (
  id uuid not null default base.uuid_v7(),
  conversation_id uuid not null,
  sender_id uuid,
  from_patient boolean not null,
  content base.prose not null,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint messages_pkey primary key (id),
  constraint messages_conversation_id_fkey foreign key (conversation_id)
    references visitnow.conversations (id) on delete cascade,
  constraint messages_sender_id_fkey foreign key (sender_id)
    references identity.users (id) on delete set null,
  constraint messages_content_check check (content <> '')
);

comment on table visitnow.messages is
  'What was written in a conversation. Apart from it, since it grows without bound and is paged.';
comment on column visitnow.messages.id is 'The message.';
comment on column visitnow.messages.conversation_id is 'The conversation.';
comment on column visitnow.messages.sender_id is 'Who wrote it; null: somebody of the staff whose account is gone.';
comment on column visitnow.messages.from_patient is 'True: the patient wrote it; false: the provider, or their staff.';
comment on column visitnow.messages.content is 'What was written: 1 to 10,000 characters.';
comment on column visitnow.messages.read_at is 'When the other side read it; null: not yet.';
comment on column visitnow.messages.created_at is 'When it was sent.';
comment on column visitnow.messages.updated_at is 'When the row last changed; strictly increasing.';

create index messages_conversation_id_id_idx on visitnow.messages (conversation_id, id);
create index messages_unread_idx on visitnow.messages (conversation_id, from_patient) where read_at is null;
create index messages_sender_id_idx on visitnow.messages (sender_id);

create function visitnow.require_practising() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if base.actor() is not null and not exists (
    select
    from visitnow.conversations
    where id = new.conversation_id
      and visitnow.practises(provider_id)
  ) then
    raise exception 'nothing is written with a provider who does not practise at present'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'messages', column = 'conversation_id', constraint = 'messages_practising';
  end if;
  return new;
end
$$;
comment on function visitnow.require_practising() is
  'Before a message is sent: refuses it (TR409), from either side, while the provider is suspended or no doctor.';

create function visitnow.count_unread() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update visitnow.conversations
  set
    unread_count_provider = unread_count_provider + (new.from_patient and new.read_at is null)::integer,
    unread_count_patient = unread_count_patient + (not new.from_patient and new.read_at is null)::integer
  where id = new.conversation_id;
  return null;
end
$$;
comment on function visitnow.count_unread() is
  'After a message was sent: counts it for the other side, and brings the conversation to the top.';

create function visitnow.count_read() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update visitnow.conversations
  set
    unread_count_provider = unread_count_provider - came.to_provider,
    unread_count_patient = unread_count_patient - came.to_patient
  from (
    select
      before.conversation_id,
      count(*) filter (where before.from_patient) as to_provider,
      count(*) filter (where not before.from_patient) as to_patient
    from before
    left join after on after.id = before.id
    where before.read_at is null
      and (after.id is null or after.read_at is not null)
    group by before.conversation_id
  ) as came
  where conversations.id = came.conversation_id;
  return null;
end
$$;
comment on function visitnow.count_read() is 'After messages were read: counts them for the side that read them.';

create trigger messages_practising
before insert on visitnow.messages
for each row execute function visitnow.require_practising();
create trigger messages_words
before update of conversation_id, sender_id, from_patient, content, read_at on visitnow.messages
for each row when (
  pg_trigger_depth() = 0 and (old.conversation_id, old.sender_id, old.from_patient, old.content)
    is distinct from (new.conversation_id, new.sender_id, new.from_patient, new.content)
  or old.read_at <> coalesce(new.read_at, '-infinity'))
execute function base.refuse_change('what was written, and read, stays so');
create trigger messages_sent
after insert on visitnow.messages
for each row execute function visitnow.count_unread();
create trigger messages_read
after update on visitnow.messages
referencing old table as before new table as after
for each statement execute function visitnow.count_read();
create trigger messages_touch
before update on visitnow.messages
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.messages');

create function visitnow.begin_conversation(actor uuid, provider uuid, patient uuid, subject text, content text)
returns setof visitnow.conversations
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  begun uuid;
begin
  insert into visitnow.conversations (provider_id, patient_id, subject)
  values (provider, coalesce(patient, (select id from visitnow.patients where user_id = actor)), subject)
  returning id
  into begun;
  insert into visitnow.messages (conversation_id, sender_id, from_patient, content)
  select conversations.id, actor, patients.user_id = actor, content
  from visitnow.conversations
  join visitnow.patients on patients.id = conversations.patient_id
  where conversations.id = begun;
  return query
    select *
    from visitnow.conversations
    where id = begun;
end
$$;
comment on function visitnow.begin_conversation(uuid, uuid, uuid, text, text) is
  'Begins a conversation with its first message, and returns it with that counted. Without a patient: the actor is.';
grant execute on function visitnow.begin_conversation(uuid, uuid, uuid, text, text) to trellis_app;

-- Who knows whom, what they write to each other, and what people tell the administrators.

create type mentorship.connection_status as enum ('pending', 'accepted', 'rejected');
comment on type mentorship.connection_status is 'What has become of a wish to connect.';

create type mentorship.issue_status as enum ('open', 'in_progress', 'resolved');
comment on type mentorship.issue_status is 'How far a reported issue has come.';

create table mentorship.user_connections (
  id uuid not null default base.uuid_v7(),
  requester_id uuid not null,
  receiver_id uuid not null,
  status mentorship.connection_status not null default 'pending',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_connections_pkey primary key (id),
  constraint user_connections_requester_id_fkey foreign key (requester_id)
    references identity.users (id) on delete cascade,
  constraint user_connections_receiver_id_fkey foreign key (receiver_id)
    references identity.users (id) on delete cascade,
  constraint user_connections_receiver_id_other_check check (requester_id <> receiver_id)
);

comment on table mentorship.user_connections is 'Two users who know each other, or one who would like to.';
comment on column mentorship.user_connections.id is 'The connection.';
comment on column mentorship.user_connections.requester_id is 'Who asked.';
comment on column mentorship.user_connections.receiver_id is
  'Who was asked, somebody else; one connection per pair, whoever asked.';
comment on column mentorship.user_connections.status is
  'What has become of it; follows mentorship.connection_moves().';
comment on column mentorship.user_connections.created_at is 'When it was asked for.';
comment on column mentorship.user_connections.updated_at is 'When the row last changed; strictly increasing.';

create unique index user_connections_receiver_id_pair_key on mentorship.user_connections
  (least(requester_id, receiver_id), greatest(requester_id, receiver_id));
create index user_connections_requester_id_id_idx on mentorship.user_connections (requester_id, id);
create index user_connections_receiver_id_id_idx on mentorship.user_connections (receiver_id, id);

create function mentorship.connection_moves(connection mentorship.user_connections, actor uuid)
returns mentorship.connection_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case
    when connection.status = 'pending' and coalesce(actor = connection.receiver_id, true) then '{accepted,rejected}'
    else '{}'
  end::mentorship.connection_status[];
end
$$;
comment on function mentorship.connection_moves(mentorship.user_connections, uuid) is
  'The statuses that this actor may move a connection to: who was asked accepts or rejects it.';
grant execute on function mentorship.connection_moves(mentorship.user_connections, uuid)
  to trellis_app, trellis_readonly;

create trigger user_connections_receiver_id_active
before insert on mentorship.user_connections
for each row execute function identity.require_active('receiver_id');
create trigger user_connections_status_flow
before update of status on mentorship.user_connections
for each row execute function base.check_move('a connection', 'mentorship.connection_moves($1, $2)');
create trigger user_connections_parties
before update of requester_id, receiver_id on mentorship.user_connections
for each row when (old.requester_id <> new.requester_id or old.receiver_id <> new.receiver_id)
execute function base.refuse_change('a connection is of two people, and stays so');
create trigger user_connections_touch
before update on mentorship.user_connections
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.user_connections');

create table mentorship.direct_messages (
  id uuid not null default base.uuid_v7(),
  sender_id uuid not null,
  receiver_id uuid,
  message base.prose not null,
  read boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint direct_messages_pkey primary key (id),
  constraint direct_messages_sender_id_fkey foreign key (sender_id)
    references identity.users (id) on delete cascade,
  constraint direct_messages_receiver_id_fkey foreign key (receiver_id)
    references identity.users (id) on delete set null,
  constraint direct_messages_receiver_id_other_check check (sender_id <> receiver_id),
  constraint direct_messages_message_check check (message <> '')
);

comment on table mentorship.direct_messages is 'What one user writes to another.';
comment on column mentorship.direct_messages.id is 'The message.';
comment on column mentorship.direct_messages.sender_id is 'Who wrote it.';
comment on column mentorship.direct_messages.receiver_id is 'To whom, somebody else; null: their account is gone.';
comment on column mentorship.direct_messages.message is 'What was written: 1 to 10,000 characters.';
comment on column mentorship.direct_messages.read is 'Whether the receiver has read it.';
comment on column mentorship.direct_messages.created_at is 'When it was sent.';
comment on column mentorship.direct_messages.updated_at is 'When the row last changed; strictly increasing.';

create index direct_messages_sender_id_id_idx on mentorship.direct_messages (sender_id, id);
create index direct_messages_receiver_id_id_idx on mentorship.direct_messages (receiver_id, id);
-- Who wrote to whom: partners are found by skipping from one to the next.
create index direct_messages_sender_id_receiver_id_idx on mentorship.direct_messages (sender_id, receiver_id, id);
create index direct_messages_receiver_id_sender_id_idx on mentorship.direct_messages (receiver_id, sender_id, id);
create index direct_messages_unread_idx on mentorship.direct_messages (receiver_id, sender_id) where not read;

create function mentorship.may_write(sender uuid, receiver uuid) returns boolean
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
    from mentorship.user_connections
    where status = 'accepted'
      and least(requester_id, receiver_id) = least(sender, receiver)
      and greatest(requester_id, receiver_id) = greatest(sender, receiver)
  ) or exists (
    select
    from mentorship.sessions
    where mentor_id = sender
      and mentee_id = receiver
      and status in ('requested', 'confirmed', 'rescheduled', 'completed')
  ) or exists (
    select
    from mentorship.sessions
    where mentor_id = receiver
      and mentee_id = sender
      and status in ('proposed', 'confirmed', 'rescheduled', 'completed')
  );
end
$$;
comment on function mentorship.may_write(uuid, uuid) is
  'Whether a sender may write to a receiver: they are connected, or share a session that both have had a word in or the '
  'receiver asked for. Asking alone opens nobody''s letter box.';
grant execute on function mentorship.may_write(uuid, uuid) to trellis_app;

create trigger direct_messages_words
before update of sender_id, receiver_id, message on mentorship.direct_messages
for each row when (old.sender_id <> new.sender_id or old.receiver_id <> new.receiver_id or old.message <> new.message)
execute function base.refuse_change('what was written stays as it was');
create trigger direct_messages_touch
before update on mentorship.direct_messages
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.direct_messages');

create table mentorship.microsoft_tokens (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  microsoft_email base.email not null,
  access_token bytea not null,
  refresh_token bytea,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint microsoft_tokens_pkey primary key (user_id, id),
  constraint microsoft_tokens_user_id_key unique (user_id),
  constraint microsoft_tokens_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint microsoft_tokens_access_token_check check (octet_length(access_token) between 1 and 32768),
  constraint microsoft_tokens_refresh_token_check check (octet_length(refresh_token) between 1 and 32768)
);

comment on table mentorship.microsoft_tokens is 'The Microsoft account that a user connected: at most one.';
comment on column mentorship.microsoft_tokens.user_id is 'Whose it is.';
comment on column mentorship.microsoft_tokens.id is 'The row; part of what its encrypted tokens are bound to.';
comment on column mentorship.microsoft_tokens.microsoft_email is 'E-mail address of the account.';
comment on column mentorship.microsoft_tokens.access_token is 'Encrypted: the access token.';
comment on column mentorship.microsoft_tokens.refresh_token is 'Encrypted: the refresh token.';
comment on column mentorship.microsoft_tokens.expires_at is 'When the access token expires.';
comment on column mentorship.microsoft_tokens.created_at is 'When it was connected.';
comment on column mentorship.microsoft_tokens.updated_at is 'When the row last changed; strictly increasing.';

create trigger microsoft_tokens_touch
before update on mentorship.microsoft_tokens
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.microsoft_tokens');

create table mentorship.reported_issues (
  id uuid not null default base.uuid_v7(),
  user_id uuid,
  title base.line not null,
  description base.prose not null,
  status mentorship.issue_status not null default 'open',
  assigned_to_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint reported_issues_pkey primary key (id),
  constraint reported_issues_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete set null,
  constraint reported_issues_assigned_to_id_fkey foreign key (assigned_to_id)
    references identity.users (id) on delete set null,
  constraint reported_issues_description_check check (description <> '')
);

comment on table mentorship.reported_issues is 'A problem that somebody reported to the administrators.';
comment on column mentorship.reported_issues.id is 'The issue.';
comment on column mentorship.reported_issues.user_id is 'Who reported it; null: their account is gone.';
comment on column mentorship.reported_issues.title is 'What is wrong, in a line.';
comment on column mentorship.reported_issues.description is 'What is wrong: 1 to 10,000 characters.';
comment on column mentorship.reported_issues.status is 'How far it has come; follows mentorship.issue_moves().';
comment on column mentorship.reported_issues.assigned_to_id is
  'The administrator who takes care of it; null: nobody, or their account is gone.';
comment on column mentorship.reported_issues.created_at is 'When it was reported.';
comment on column mentorship.reported_issues.updated_at is 'When the row last changed; strictly increasing.';

create index reported_issues_user_id_id_idx on mentorship.reported_issues (user_id, id);
create index reported_issues_assigned_to_id_id_idx on mentorship.reported_issues (assigned_to_id, id)
  where assigned_to_id is not null;
create index reported_issues_status_id_idx on mentorship.reported_issues (status, id);

create function mentorship.issue_moves(issue mentorship.reported_issues) returns mentorship.issue_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case issue.status
    when 'open' then '{in_progress,resolved}'
    when 'in_progress' then '{resolved,open}'
    when 'resolved' then '{open}'
  end::mentorship.issue_status[];
end
$$;
comment on function mentorship.issue_moves(mentorship.reported_issues) is
  'The statuses that an issue may move to: on, and back to the beginning.';
grant execute on function mentorship.issue_moves(mentorship.reported_issues) to trellis_app, trellis_readonly;

create function mentorship.refuse_wording() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'an issue is reworded only while it is open, and this one is %', old.status
    using errcode = 'TR409',
      schema = 'mentorship', table = 'reported_issues', column = 'description',
      constraint = 'reported_issues_wording';
end
$$;
comment on function mentorship.refuse_wording() is
  'Before the words of an issue are written that is not open: refuses it (TR409), for somebody has begun to act on them.';

create trigger reported_issues_assigned_to_id_role
before insert or update of assigned_to_id on mentorship.reported_issues
for each row when (new.assigned_to_id is not null)
execute function identity.require_role('assigned_to_id', 'admin');
create trigger reported_issues_status_flow
before update of status on mentorship.reported_issues
for each row execute function base.check_move('an issue', 'mentorship.issue_moves($1)');
create trigger reported_issues_wording
before update of title, description on mentorship.reported_issues
for each row when (old.status <> 'open') execute function mentorship.refuse_wording();
create trigger reported_issues_touch
before update on mentorship.reported_issues
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.reported_issues');

create table mentorship.issue_messages (
  id uuid not null default base.uuid_v7(),
  issue_id uuid not null,
  user_id uuid,
  message base.prose not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint issue_messages_pkey primary key (id),
  constraint issue_messages_issue_id_fkey foreign key (issue_id)
    references mentorship.reported_issues (id) on delete cascade,
  constraint issue_messages_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete set null,
  constraint issue_messages_message_check check (message <> '')
);

comment on table mentorship.issue_messages is 'What the reporter and the administrators write about an issue.';
comment on column mentorship.issue_messages.id is 'The message.';
comment on column mentorship.issue_messages.issue_id is 'The issue.';
comment on column mentorship.issue_messages.user_id is 'Who wrote it; null: their account is gone.';
comment on column mentorship.issue_messages.message is 'What was written: 1 to 10,000 characters.';
comment on column mentorship.issue_messages.created_at is 'When it was written.';
comment on column mentorship.issue_messages.updated_at is 'When the row last changed; strictly increasing.';

create index issue_messages_issue_id_id_idx on mentorship.issue_messages (issue_id, id);
create index issue_messages_user_id_idx on mentorship.issue_messages (user_id);

create trigger issue_messages_touch
before update on mentorship.issue_messages
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.issue_messages');

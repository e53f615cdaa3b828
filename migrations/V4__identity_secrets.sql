-- What proves somebody: refresh tokens, one-time tokens, failed sign-ins; and the answers kept for repeated requests.
-- Tokens are stored as SHA-256 alone. Everything here expires and is cleared by expires_at.

create type identity.token_purpose as enum ('email_verification', 'password_reset');
comment on type identity.token_purpose is 'What a one-time token is good for.';

create type identity.login_subject as enum ('account', 'address');
comment on type identity.login_subject is
  'What failed sign-ins are counted by: the account named, or the network address.';

create table identity.sessions (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  family_id uuid not null,
  rotated_from uuid,
  refresh_token_hash base.hash not null,
  device_info base.json_object not null default '{}',
  ip inet,
  user_agent text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint sessions_pkey primary key (user_id, id),
  constraint sessions_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint sessions_user_id_rotated_from_fkey foreign key (user_id, rotated_from)
    references identity.sessions (user_id, id) on delete set null (rotated_from),
  constraint sessions_refresh_token_hash_key unique (refresh_token_hash),
  constraint sessions_user_agent_check check (char_length(user_agent) <= 512)
);

comment on table identity.sessions is
  'One row per refresh token. A sign-in begins a family; each use of a token rotates it into a successor of the same '
  'family.';
comment on column identity.sessions.user_id is 'Who is signed in.';
comment on column identity.sessions.id is 'The refresh token''s row.';
comment on column identity.sessions.family_id is
  'The sign-in that all its rotated tokens share; the sid of access tokens.';
comment on column identity.sessions.rotated_from is
  'The token that was exchanged for this one; null: the first of its family, or its predecessor was cleared.';
comment on column identity.sessions.refresh_token_hash is 'SHA-256 of the refresh token; unique.';
comment on column identity.sessions.device_info is 'What the client told of itself: a JSON object.';
comment on column identity.sessions.ip is 'The address that the token was given to.';
comment on column identity.sessions.user_agent is 'The User-Agent that the token was given to: at most 512 characters.';
comment on column identity.sessions.created_at is 'When the token was given.';
comment on column identity.sessions.last_used_at is 'When the token was exchanged; null: it is unused.';
comment on column identity.sessions.expires_at is 'When the token expires.';
comment on column identity.sessions.revoked_at is 'When the token was revoked; null: it was not.';

create index sessions_user_id_family_id_idx on identity.sessions (user_id, family_id);
create index sessions_user_id_rotated_from_idx on identity.sessions (user_id, rotated_from)
  where rotated_from is not null;
create index sessions_expires_at_idx on identity.sessions (expires_at);

select audit.attach('identity.sessions', array['last_used_at']);

create table identity.one_time_tokens (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  purpose identity.token_purpose not null,
  email base.email not null,
  token_hash base.hash not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint one_time_tokens_pkey primary key (user_id, id),
  constraint one_time_tokens_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint one_time_tokens_token_hash_key unique (token_hash),
  -- A new token takes the place of the one before it, so that two are never good at once.
  constraint one_time_tokens_user_id_purpose_key unique (user_id, purpose)
);

comment on table identity.one_time_tokens is
  'Tokens sent by mail, each good for one use; one per user and purpose, the latest.';
comment on column identity.one_time_tokens.user_id is 'Whom the token was sent to.';
comment on column identity.one_time_tokens.id is 'The token''s row.';
comment on column identity.one_time_tokens.purpose is 'What the token is good for.';
comment on column identity.one_time_tokens.email is
  'The address it was sent to: the only one it proves anything of.';
comment on column identity.one_time_tokens.token_hash is 'SHA-256 of the token; unique.';
comment on column identity.one_time_tokens.created_at is 'When the token was made.';
comment on column identity.one_time_tokens.expires_at is 'When the token expires.';
comment on column identity.one_time_tokens.used_at is 'When the token was used; null: it was not.';

create index one_time_tokens_expires_at_idx on identity.one_time_tokens (expires_at);

select audit.attach('identity.one_time_tokens');

create table identity.login_failures (
  kind identity.login_subject not null,
  subject_hash base.hash not null,
  failures integer not null default 1,
  last_failed_at timestamptz not null default now(),
  blocked_until timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint login_failures_pkey primary key (kind, subject_hash),
  constraint login_failures_failures_check check (failures >= 0)
);

comment on table identity.login_failures is
  'Failed sign-ins, asked-for mails and security answers, each counted per account and per address. Not audited: it '
  'counts, it does not record.';
comment on column identity.login_failures.kind is 'What is counted by.';
comment on column identity.login_failures.subject_hash is
  'SHA-256 of what is tried and the account''s identifier or the address; whether such an account exists does not '
  'matter.';
comment on column identity.login_failures.failures is 'Failures or tries so far: 0 or more.';
comment on column identity.login_failures.last_failed_at is 'When the last one was.';
comment on column identity.login_failures.blocked_until is 'Until when no sign-in is tried; null: at any time.';
comment on column identity.login_failures.expires_at is 'When the count is forgotten.';
comment on column identity.login_failures.created_at is 'When the count began.';

create index login_failures_expires_at_idx on identity.login_failures (expires_at);

create function identity.pause_after(subject identity.login_subject, failures integer) returns interval
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select make_interval(secs => least(900, 10 * 2 ^ least(failures - free, 10)))
  from (values (case subject when 'account' then 5 else 20 end)) as tries (free)
  where failures >= free
$$;
comment on function identity.pause_after(identity.login_subject, integer) is
  'How long nothing more is tried after so many failures: from 5 of an account and 20 of an address on, 10 seconds, '
  'doubled by each further one, at most 15 minutes; null below.';
grant execute on function identity.pause_after(identity.login_subject, integer) to trellis_app;

create table identity.idempotency_keys (
  user_id uuid not null,
  key text not null,
  request_hash base.hash not null,
  status smallint not null,
  headers base.json_object not null default '{}',
  response_body bytea not null default '',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '24 hours',
  constraint idempotency_keys_pkey primary key (user_id, key),
  constraint idempotency_keys_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint idempotency_keys_key_check check (char_length(key) between 1 and 255),
  constraint idempotency_keys_status_check check (status between 200 and 599)
);

comment on table identity.idempotency_keys is
  'Answers to requests that carried an Idempotency-Key, for their repetition. Not audited.';
comment on column identity.idempotency_keys.user_id is 'Who sent the request.';
comment on column identity.idempotency_keys.key is 'The key as sent: 1 to 255 characters.';
comment on column identity.idempotency_keys.request_hash is
  'SHA-256 of method, path and body: the same key with another request is refused.';
comment on column identity.idempotency_keys.status is 'HTTP status of the answer, 200 to 599.';
comment on column identity.idempotency_keys.headers is 'Headers of the answer that are repeated: a JSON object.';
comment on column identity.idempotency_keys.response_body is 'Body of the answer, byte by byte.';
comment on column identity.idempotency_keys.created_at is 'When the request was answered.';
comment on column identity.idempotency_keys.expires_at is 'When the answer is forgotten: after 24 hours.';

create index idempotency_keys_expires_at_idx on identity.idempotency_keys (expires_at);

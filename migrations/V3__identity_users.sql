-- Who somebody is and what they may do: one account for all products, the providers it signs in with, the roles there
-- are and who has them, and what was consented to.

create type identity.user_status as enum ('active', 'inactive', 'suspended');
comment on type identity.user_status is 'Whether an account may be used.';

create type identity.domain as enum ('platform', 'coach', 'smatrx', 'mentorship', 'visitnow', 'migratio');
comment on type identity.domain is 'A product, or the platform itself, in which a role counts.';

create type identity.account_type as enum ('oauth', 'oidc', 'email', 'credentials', 'webauthn');
comment on type identity.account_type is 'The way in which a provider signs somebody in.';

create table identity.users (
  id uuid not null default base.uuid_v7(),
  email base.email,
  phone base.phone,
  username text,
  password_hash text,
  first_name base.line,
  last_name base.line,
  display_name base.line,
  image base.url,
  status identity.user_status not null default 'active',
  email_verified_at timestamptz,
  two_factor_enabled boolean not null default false,
  preferred_language base.language not null default 'en',
  security_question text,
  security_answer_hash text,
  last_login timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_pkey primary key (id),
  constraint users_contact_check check (num_nonnulls(email, phone, username) >= 1),
  -- Neither an e-mail address nor a telephone number can be a username: signing in takes any of the three.
  constraint users_username_check check (username ~ '^[A-Za-z0-9._-]{3,50}$' and username ~ '[A-Za-z]'),
  constraint users_password_hash_check check (char_length(password_hash) between 20 and 512),
  constraint users_security_question_check check (char_length(security_question) between 1 and 200),
  constraint users_security_answer_hash_check check (char_length(security_answer_hash) between 20 and 512),
  constraint users_security_check check ((security_question is null) = (security_answer_hash is null))
);

comment on table identity.users is 'One account per person, for all products.';
comment on column identity.users.id is 'The user.';
comment on column identity.users.email is 'E-mail address as typed; unique without regard to case.';
comment on column identity.users.phone is 'Telephone number in E.164; unique.';
comment on column identity.users.username is
  'Name to sign in with: 3 to 50 letters (at least one), digits, . _ -; unique without regard to case.';
comment on column identity.users.password_hash is
  'The password''s argon2id hash in PHC form; null for accounts that sign in through a provider alone.';
comment on column identity.users.first_name is 'Given name.';
comment on column identity.users.last_name is 'Family name.';
comment on column identity.users.display_name is 'The name that others see.';
comment on column identity.users.image is 'Address of the profile picture.';
comment on column identity.users.status is 'Whether the account may be used.';
comment on column identity.users.email_verified_at is 'When the e-mail address was proven; null: it is not.';
comment on column identity.users.two_factor_enabled is 'Whether a second factor is asked for at sign-in.';
comment on column identity.users.preferred_language is 'Language of messages, a BCP 47 tag.';
comment on column identity.users.security_question is
  'Question asked in addition when a password is reset: at most 200 characters; goes with its answer.';
comment on column identity.users.security_answer_hash is 'The answer''s argon2id hash in PHC form.';
comment on column identity.users.last_login is 'When the user last signed in.';
comment on column identity.users.created_at is 'When the account was made.';
comment on column identity.users.updated_at is 'When the row last changed; strictly increasing.';

create unique index users_email_key on identity.users (lower(email));
create unique index users_username_key on identity.users (lower(username));
-- Partial, and so no key: whoever refers to a user does not wait for their number to change.
create unique index users_phone_key on identity.users (phone) where phone is not null;
create index users_status_idx on identity.users (status, id);
-- Administrators search by the beginning of any of these, without regard to case.
create index users_search_idx on identity.users
  using gin (
    email gin_trgm_ops, username gin_trgm_ops, first_name gin_trgm_ops, last_name gin_trgm_ops,
    display_name gin_trgm_ops)
  with (gin_pending_list_limit = 256); -- kB: none would slow every registration, a long one every search

create trigger users_touch
before update on identity.users
for each row execute function base.touch_updated_at();
select audit.attach('identity.users');

create table identity.accounts (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  type identity.account_type not null,
  provider base.code not null,
  provider_account_id base.line not null,
  refresh_token bytea,
  access_token bytea,
  expires_at timestamptz,
  token_type base.line,
  scope base.prose,
  id_token bytea,
  session_state base.prose,
  refresh_token_expires_in integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint accounts_pkey primary key (user_id, id),
  constraint accounts_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint accounts_provider_provider_account_id_key unique (provider, provider_account_id),
  constraint accounts_refresh_token_check check (octet_length(refresh_token) between 1 and 32768),
  constraint accounts_access_token_check check (octet_length(access_token) between 1 and 32768),
  constraint accounts_id_token_check check (octet_length(id_token) between 1 and 32768),
  constraint accounts_refresh_token_expires_in_check check (refresh_token_expires_in >= 0)
);

comment on table identity.accounts is 'An account at a sign-in provider that belongs to a user.';
comment on column identity.accounts.user_id is 'The user it signs in.';
comment on column identity.accounts.id is 'The account; part of what its encrypted tokens are bound to.';
comment on column identity.accounts.type is 'The way in which the provider signs somebody in.';
comment on column identity.accounts.provider is 'The provider: github, linkedin, google.';
comment on column identity.accounts.provider_account_id is 'The user''s id at the provider; unique within it.';
comment on column identity.accounts.refresh_token is 'Encrypted: the provider''s refresh token.';
comment on column identity.accounts.access_token is 'Encrypted: the provider''s access token.';
comment on column identity.accounts.expires_at is
  'When the access token expires; providers give it in seconds since 1970.';
comment on column identity.accounts.token_type is 'How the access token is presented, mostly bearer.';
comment on column identity.accounts.scope is 'What the access token allows, as the provider lists it.';
comment on column identity.accounts.id_token is 'Encrypted: the provider''s OpenID Connect identity token.';
comment on column identity.accounts.session_state is 'The provider''s state of the session, as given.';
comment on column identity.accounts.refresh_token_expires_in is 'Life of the refresh token in seconds, 0 or more.';
comment on column identity.accounts.created_at is 'When the account was linked.';
comment on column identity.accounts.updated_at is 'When the row last changed; strictly increasing.';

create trigger accounts_touch
before update on identity.accounts
for each row execute function base.touch_updated_at();
select audit.attach('identity.accounts');

create table identity.roles (
  domain identity.domain not null,
  code base.code not null,
  self_service boolean not null default false,
  description base.prose not null,
  created_at timestamptz not null default now(),
  constraint roles_pkey primary key (domain, code)
);

comment on table identity.roles is 'The roles there are. Reference data: changed by migrations alone.';
comment on column identity.roles.domain is 'The product in which the role counts.';
comment on column identity.roles.code is 'The role''s name within its product.';
comment on column identity.roles.self_service is 'Whether users may take the role on their own.';
comment on column identity.roles.description is 'What the role lets somebody do.';
comment on column identity.roles.created_at is 'When the role was introduced.';

revoke insert, update, delete on identity.roles from trellis_app;
select audit.attach('identity.roles');

insert into identity.roles (domain, code, self_service, description)
values
  ('platform', 'admin', false, 'Manages users and their roles in all products and reads the audit log.'),
  ('coach', 'USER', true, 'Uses the career coach; given at registration.'),
  ('coach', 'ADMIN', false, 'Administers the career coach.'),
  ('smatrx', 'admin', false, 'Administers skills and their catalogues.'),
  ('smatrx', 'verifier', false, 'Verifies the skills of others.'),
  ('mentorship', 'admin', false, 'Administers mentorship.'),
  ('mentorship', 'mentor', true, 'Offers mentoring.'),
  ('mentorship', 'mentee', true, 'Is mentored.'),
  ('mentorship', 'new_mother', true, 'Is mentored on the way back to work after a birth.'),
  ('visitnow', 'patient', true, 'Books and attends visits.'),
  ('visitnow', 'doctor', true, 'Holds visits, once an administrator has activated the profile.'),
  ('visitnow', 'staff', false, 'Works for a practice.'),
  ('visitnow', 'admin', false, 'Administers telehealth.'),
  ('migratio', 'user', true, 'Uses the immigration service; given at registration.'),
  ('migratio', 'admin', false, 'Administers the immigration service.'),
  ('migratio', 'contentManager', false, 'Writes and publishes content.'),
  ('migratio', 'supportAgent', false, 'Answers members'' questions.'),
  ('migratio', 'consultant', false, 'Gives consultations.');

create table identity.role_grants (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  domain identity.domain not null,
  role_code base.code not null,
  tenant_id uuid,
  granted_by uuid,
  granted_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint role_grants_pkey primary key (user_id, id),
  constraint role_grants_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint role_grants_granted_by_fkey foreign key (granted_by)
    references identity.users (id) on delete set null,
  constraint role_grants_domain_role_code_fkey foreign key (domain, role_code)
    references identity.roles (domain, code) on delete restrict,
  constraint role_grants_user_id_role_code_domain_tenant_id_key
    unique nulls not distinct (user_id, role_code, domain, tenant_id)
);

comment on table identity.role_grants is 'Who has which role. A role is granted once per user, product and tenant.';
comment on column identity.role_grants.user_id is 'Who has the role.';
comment on column identity.role_grants.id is 'The grant.';
comment on column identity.role_grants.domain is 'The product in which the role counts.';
comment on column identity.role_grants.role_code is 'The role.';
comment on column identity.role_grants.tenant_id is
  'The tenant within which it counts; null: everywhere. No foreign key: tenants are another domain''s.';
comment on column identity.role_grants.granted_by is
  'The administrator who granted it; null: taken by the user, or given by the server.';
comment on column identity.role_grants.granted_at is 'Since when the user has the role.';
comment on column identity.role_grants.created_at is 'When the row was made.';
comment on column identity.role_grants.updated_at is 'When the row last changed; strictly increasing.';

create index role_grants_domain_role_code_idx on identity.role_grants (domain, role_code);
create index role_grants_granted_by_idx on identity.role_grants (granted_by) where granted_by is not null;

create trigger role_grants_touch
before update on identity.role_grants
for each row execute function base.touch_updated_at();
select audit.attach('identity.role_grants');

create function identity.has_role(person uuid, product identity.domain, variadic codes text[]) returns boolean
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
    from identity.role_grants
    where user_id = person
      and role_code = any (codes)
      and domain = product);
end
$$;
comment on function identity.has_role(uuid, identity.domain, text[]) is
  'Whether a user has one of these roles in a product.';
grant execute on function identity.has_role(uuid, identity.domain, text[]) to trellis_app;

create function identity.require_role() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  person constant uuid := to_jsonb(new) ->> tg_argv[0];
  roles constant text := array_to_string(tg_argv[1:], ' or ');
begin
  if not identity.has_role(person, tg_table_schema::identity.domain, variadic tg_argv[1:]) then
    if person = base.actor() then
      raise exception 'needs the role % of %', roles, tg_table_schema
        using errcode = 'TR403',
          schema = tg_table_schema, table = tg_table_name, column = tg_argv[0];
    end if;
    raise exception 'must be somebody with the role % of %', roles, tg_table_schema
      using errcode = 'check_violation',
        schema = tg_table_schema, table = tg_table_name, column = tg_argv[0],
        constraint = tg_table_name || '_' || tg_argv[0] || '_role_check';
  end if;
  return new;
end
$$;
comment on function identity.require_role() is
  'Before somebody is named in a product: they must have a role of it (TR403 where it is who acts). Arguments: the column; '
  'the roles, one of which is enough.';

create function identity.require_active() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (
    select
    from identity.users
    where id = (to_jsonb(new) ->> tg_argv[0])::uuid
      and status = 'active'
  ) then
    raise exception 'must be somebody with an active account'
      using errcode = 'check_violation',
        schema = tg_table_schema, table = tg_table_name, column = tg_argv[0],
        constraint = tg_table_name || '_' || tg_argv[0] || '_active_check';
  end if;
  return new;
end
$$;
comment on function identity.require_active() is
  'Before somebody is asked: their account must be active. Argument: the column.';

create table identity.consents (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  purpose base.code not null,
  granted boolean not null,
  policy_version base.line not null,
  recorded_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint consents_pkey primary key (user_id, id),
  constraint consents_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade
);

comment on table identity.consents is
  'What a user consented to or withdrew, and when: the latest row of a purpose counts. Rows are only ever added.';
comment on column identity.consents.user_id is 'Who consented or withdrew.';
comment on column identity.consents.id is 'The record.';
comment on column identity.consents.purpose is 'What for: marketing, analytics, …';
comment on column identity.consents.granted is 'True: consented. False: withdrawn or refused.';
comment on column identity.consents.policy_version is 'The version of the policy that was shown.';
comment on column identity.consents.recorded_at is 'Since when it counts.';
comment on column identity.consents.created_at is 'When the row was made.';

create index consents_user_id_purpose_recorded_at_idx on identity.consents (user_id, purpose, recorded_at desc);

-- Erasing the user is the one way to delete a consent: the cascade acts as the table's owner.
revoke update, delete on identity.consents from trellis_app;

create function identity.refuse_consent_update() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'a consent is never changed: record another'
    using errcode = 'object_not_in_prerequisite_state',
      schema = 'identity', table = 'consents', constraint = 'consents_append_only';
end
$$;
comment on function identity.refuse_consent_update() is 'Before an update of a consent: refuses it.';

create trigger consents_append_only
before update on identity.consents
for each row execute function identity.refuse_consent_update();
select audit.attach('identity.consents');

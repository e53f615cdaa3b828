-- A new account with its roles, its first session and, where there is an e-mail address, the token that proves it.
-- Gives no row, and makes none, when one of the roles may not be taken on one's own.
-- $1 email  $2 phone  $3 username  $4 password hash  $5 first name  $6 last name  $7 display name  $8 image
-- $9 preferred language  $10 security question  $11 security answer hash  $12 domains of the roles  $13 their codes
-- $14 session family  $15 refresh token hash  $16 when it expires  $17 address  $18 user agent
-- $19 verification token hash
with wanted as (
  select distinct wanted.domain::identity.domain as domain, wanted.role_code
  from unnest($12::text[], $13::text[]) as wanted (domain, role_code)
), newcomer as materialized (
  select own.id, set_config('trellis.actor', own.id::text, true)
  from (select base.uuid_v7() as id) as own
  where not exists (
    select from wanted
    left join identity.roles on roles.domain = wanted.domain and roles.code = wanted.role_code
    where roles.self_service is not true
  )
), granted as (
  insert into identity.role_grants (user_id, domain, role_code)
  select newcomer.id, wanted.domain, wanted.role_code
  from newcomer
  cross join wanted
), session as (
  insert into identity.sessions (user_id, family_id, refresh_token_hash, expires_at, ip, user_agent)
  select id, $14, $15, $16, $17::text::inet, $18
  from newcomer
), verification as (
  insert into identity.one_time_tokens (user_id, purpose, email, token_hash, expires_at)
  select id, 'email_verification', $1::text, $19, now() + interval '30 minutes'
  from newcomer
  where $1::text is not null
)
insert into identity.users
  (id, email, phone, username, password_hash, first_name, last_name, display_name, image, preferred_language,
   security_question, security_answer_hash, last_login)
select id, $1::text, $2, $3, $4, $5, $6, $7, $8, coalesce($9, 'en'), $10, $11, now()
from newcomer
returning id, email, phone, username, first_name, last_name, display_name, image, status,
          email_verified_at is not null as "email_verified!", email_verified_at, two_factor_enabled,
          preferred_language, security_question, last_login, created_at, updated_at

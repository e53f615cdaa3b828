-- Begins a session after the right password, and forgets the account's failures. Gives no row when account or address
-- were blocked, or the account switched off or given another password, while this one was being verified.
-- $1 user  $2 verified password hash  $3 its better successor, if it needs one  $4 account's subject hash
-- $5 address's subject hash  $6 session family  $7 refresh token hash  $8 when it expires  $9 address  $10 user agent
with signed_in as (
  update identity.users as person
  set last_login = now(),
      password_hash = coalesce($3, person.password_hash)
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where person.id = $1
    and person.password_hash = $2
    and person.status = 'active'
    and not exists (
      select from identity.login_failures as failed
      where (failed.kind, failed.subject_hash) in (('account', $4::bytea), ('address', $5::bytea))
        and failed.blocked_until > now()
    )
  returning person.id, person.email, person.phone, person.username, person.first_name, person.last_name,
            person.display_name, person.image, person.status, person.email_verified_at, person.two_factor_enabled,
            person.preferred_language, person.security_question, person.last_login, person.created_at,
            person.updated_at
), session as (
  insert into identity.sessions (user_id, family_id, refresh_token_hash, expires_at, ip, user_agent)
  select id, $6, $7, $8, $9::text::inet, $10
  from signed_in
), forgotten as (
  delete from identity.login_failures as failed
  using signed_in
  where failed.kind = 'account'
    and failed.subject_hash = $4
)
select id as "id!", email, phone, username, first_name, last_name, display_name, image, status as "status!",
       email_verified_at is not null as "email_verified!", email_verified_at,
       two_factor_enabled as "two_factor_enabled!", preferred_language as "preferred_language!", security_question,
       last_login, created_at as "created_at!", updated_at as "updated_at!"
from signed_in

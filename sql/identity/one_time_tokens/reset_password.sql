-- Uses up a token and sets the password. Whoever has the token reads the mail, so that address is proven; failures
-- before are forgotten. Gives no row when the token was used meanwhile, or the question changed.
-- $1 user  $2 token hash  $3 password hash  $4 the security answer's hash that was verified, if one was asked
-- $5 subject hashes of the account
with used as (
  update identity.one_time_tokens
  set used_at = now()
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where user_id = $1
    and token_hash = $2
    and purpose = 'password_reset'
    and used_at is null
    and expires_at > now()
  returning user_id, email
), changed as (
  update identity.users as person
  set password_hash = $3,
      email_verified_at = coalesce(person.email_verified_at, now())
  from used
  where person.id = used.user_id
    and lower(person.email) = lower(used.email)
    and person.security_answer_hash is not distinct from $4
  returning person.id
), forgotten as (
  delete from identity.login_failures as failed
  using changed
  where failed.kind = 'account'
    and failed.subject_hash = any ($5::bytea[])
)
select id
from changed

-- Uses up a token and marks the address that it was sent to as proven, if it is still the account's.
-- $1 token hash
with used as (
  update identity.one_time_tokens
  set used_at = now()
  where token_hash = $1
    and purpose = 'email_verification'
    and used_at is null
    and expires_at > now()
  returning user_id, email
)
update identity.users as person
set email_verified_at = coalesce(person.email_verified_at, now())
from (select user_id, email, set_config('trellis.actor', user_id::text, true) from used) as owner
where person.id = owner.user_id
  and lower(person.email) = lower(owner.email)
returning person.id

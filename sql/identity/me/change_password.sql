-- A new password; links to choose one are void. Only while the password is still the one that was proven (null: an
-- account without one), so that of two changes at once the second fails.
-- $1 user  $2 hash of the old password  $3 hash of the new one
with changed as (
  update identity.users
  set password_hash = $3::text
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where id = $1
    and password_hash is not distinct from $2::text
  returning id
), void as (
  delete from identity.one_time_tokens as token
  using changed
  where token.user_id = changed.id
    and token.purpose = 'password_reset'
)
select id
from changed

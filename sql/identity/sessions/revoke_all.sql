-- Signs the user out everywhere; says how many sign-ins were still open. Locks the user's row first: see rotate.sql.
-- $1 actor  $2 user
with revoked as (
  update identity.sessions
  set revoked_at = now()
  from (
    select set_config('trellis.actor', $1::uuid::text, true)
    from identity.users
    where id = $2
    for no key update
  ) as owner
  where user_id = $2
    and revoked_at is null
  returning family_id
)
select count(distinct family_id) as "families!"
from revoked

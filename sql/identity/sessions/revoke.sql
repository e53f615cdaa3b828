-- Ends one sign-in; its access token stays good for what is left of its ten minutes. Locks the user's row
-- first: see rotate.sql.
-- $1 owner  $2 family
with revoked as (
  update identity.sessions
  set revoked_at = now()
  from (
    select set_config('trellis.actor', $1::uuid::text, true)
    from identity.users
    where id = $1
    for no key update
  ) as owner
  where user_id = $1
    and family_id = $2
    and revoked_at is null
  returning expires_at
)
select exists (select from revoked where expires_at > now()) as "ended!"

-- A trigger refuses to give and to take what the actor may not do themselves.
-- $1 who manages the practice  $2 membership  $3 accepted versions  $4 role  $5 permissions
update visitnow.staff_members
set role = $4,
    permissions = $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and visitnow.acts_for($1, provider_id, 'clinic:write')
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, provider_id, user_id, role, permissions as "permissions: Vec<Permission>", created_at, updated_at,
          true as "may_write!"

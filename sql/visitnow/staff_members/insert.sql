-- Triggers refuse whoever may not, and somebody without the role or with an account that is not active.
-- $1 who manages the practice  $2 provider  $3 who shall work there  $4 role  $5 permissions
insert into visitnow.staff_members (provider_id, user_id, role, permissions)
select $2, $3, $4, $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, provider_id, user_id, role, permissions as "permissions: Vec<Permission>", created_at, updated_at,
          true as "may_write!"

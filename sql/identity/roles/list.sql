-- $1 owner  $2 last id seen  $3 rows
select held.id, held.domain, held.role_code as role, held.tenant_id, held.granted_at,
       role.self_service and held.granted_by is null and held.tenant_id is null as "self_taken!"
from identity.role_grants as held
join identity.roles as role
  on role.domain = held.domain and role.code = held.role_code
where held.user_id = $1
  and held.id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by held.id desc
limit $3

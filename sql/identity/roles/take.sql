-- Takes a role that users may take on their own; who has it already keeps it as it is. No row: there is no such role.
-- $1 owner  $2 domain  $3 role
with wanted as (
  select role.domain, role.code, role.self_service
  from identity.roles as role
  where role.domain = $2
    and role.code = $3
), taken as (
  insert into identity.role_grants as held (user_id, domain, role_code)
  select $1, wanted.domain, wanted.code
  from wanted
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where wanted.self_service
  on conflict on constraint role_grants_user_id_role_code_domain_tenant_id_key do update
  set user_id = held.user_id -- changes nothing, but gives the row
  returning held.id, held.granted_by, held.granted_at
)
select wanted.self_service as "allowed!", taken.id as "id?", taken.granted_at as "granted_at?",
       taken.granted_by is null as "self_taken!"
from wanted
left join taken on true

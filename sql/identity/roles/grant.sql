-- An administrator gives a role; who has it already keeps it as it is. The user's row is held, lest they be erased
-- between the look and the grant. An administrator erased meanwhile is nobody: granted_by becomes null.
-- $1 actor  $2 user  $3 domain  $4 role
with receiver as (
  select id
  from identity.users
  where id = $2
  for key share
), wanted as (
  select role.domain, role.code, role.self_service
  from identity.roles as role
  where role.domain = $3
    and role.code = $4
), granted as (
  insert into identity.role_grants as held (user_id, domain, role_code, granted_by)
  select receiver.id, wanted.domain, wanted.code, (select id from identity.users where id = $1)
  from receiver
  cross join wanted
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  on conflict on constraint role_grants_user_id_role_code_domain_tenant_id_key do update
  set user_id = held.user_id -- changes nothing, but gives the row
  returning held.id, held.domain, held.role_code, held.tenant_id, held.granted_by, held.granted_at
)
select granted.id, granted.domain, granted.role_code as role, granted.tenant_id, granted.granted_at,
       wanted.self_service and granted.granted_by is null as "self_taken!"
from granted
cross join wanted

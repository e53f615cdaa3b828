-- Gives up a role that the user took on their own. No row: the user does not have it.
-- $1 owner  $2 domain  $3 role
with held as (
  select held.id, role.self_service and held.granted_by is null as self_taken
  from identity.role_grants as held
  join identity.roles as role
    on role.domain = held.domain and role.code = held.role_code
  where held.user_id = $1
    and held.domain = $2
    and held.role_code = $3
    and held.tenant_id is null
), gone as (
  delete from identity.role_grants as given
  using held, (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where given.user_id = $1
    and given.id = held.id
    and held.self_taken
)
select self_taken as "self_taken!"
from held

-- $1 a person of the demo  $2 their id
insert into identity.role_grants (user_id, id, domain, role_code, granted_at, created_at, updated_at)
select users.id,
       role.id,
       role.domain,
       role.code,
       users.created_at,
       users.created_at,
       users.created_at
from identity.users
cross join jsonb_to_recordset($1::jsonb #> '{user,roles}') as role (id uuid, domain identity.domain, code text)
where users.id = $2
on conflict do nothing

-- An administrator takes a role away. It counts from the user's next access token on.
-- $1 actor  $2 user  $3 domain  $4 role
delete from identity.role_grants
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $2
  and domain = $3
  and role_code = $4
  and tenant_id is null
returning id

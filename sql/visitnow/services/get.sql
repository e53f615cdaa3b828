-- Everybody's who is signed in, while the provider is active; the practice's always.
-- $1 reader  $2 service
select id, provider_id, name, description, duration_minutes, mode, price, currency, is_active, created_at,
       updated_at,
       visitnow.acts_for($1, provider_id, 'clinic:write') as "may_write!"
from visitnow.services
where id = $2
  and (
    exists (
      select
      from visitnow.providers
      where providers.id = services.provider_id
        and (providers.status = 'active' or providers.user_id = $1))
    or exists (
      select
      from visitnow.staff_members
      where staff_members.provider_id = services.provider_id
        and staff_members.user_id = $1
        and identity.has_role($1, 'visitnow', 'staff')))

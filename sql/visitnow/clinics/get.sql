-- Everybody's who is signed in, while the provider is active; the practice's always.
-- $1 reader  $2 clinic
select id, provider_id, name, address, geo, telehealth, contact, time_zone, created_at, updated_at,
       visitnow.acts_for($1, provider_id, 'clinic:write') as "may_write!"
from visitnow.clinics
where id = $2
  and (
    exists (
      select
      from visitnow.providers
      where providers.id = clinics.provider_id
        and (providers.status = 'active' or providers.user_id = $1))
    or exists (
      select
      from visitnow.staff_members
      where staff_members.provider_id = clinics.provider_id
        and staff_members.user_id = $1
        and identity.has_role($1, 'visitnow', 'staff')))

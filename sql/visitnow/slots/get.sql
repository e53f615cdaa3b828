-- Those of active providers are everybody's to see.
-- $1 reader  $2 slot
select slots.id, slots.provider_id, slots.clinic_id, slots.template_id, slots.start_at, slots.end_at, slots.mode,
       slots.status, slots.held_until, slots.created_at, slots.updated_at, practice.may_write as "may_write!"
from visitnow.slots
join visitnow.providers on providers.id = slots.provider_id
cross join lateral (
  select visitnow.acts_for($1, slots.provider_id, 'availability:write')
  offset 0 -- once
) as practice (may_write)
where slots.id = $2
  and (providers.status = 'active' or practice.may_write)

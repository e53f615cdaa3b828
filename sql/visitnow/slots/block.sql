-- $1 actor  $2 slot
update visitnow.slots
set status = 'blocked'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and visitnow.acts_for($1, provider_id, 'availability:write')
returning id, provider_id, clinic_id, template_id, start_at, end_at, mode, status, held_until, created_at, updated_at,
          true as "may_write!"

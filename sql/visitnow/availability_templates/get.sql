-- $1 actor  $2 template
select id, provider_id, clinic_id, slot_duration, buffer_minutes, slots, effective_from, effective_to, is_active,
       created_at, updated_at
from visitnow.availability_templates
where id = $2
  and visitnow.acts_for($1, provider_id, 'availability:write')

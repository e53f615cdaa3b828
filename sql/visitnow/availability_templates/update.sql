-- $1 actor  $2 template  $3 accepted versions  $4 clinic  $5 slot duration  $6 buffer minutes  $7 slots  $8 effective from
-- $9 effective to  $10 is active
update visitnow.availability_templates
set clinic_id = $4,
    slot_duration = $5,
    buffer_minutes = $6,
    slots = $7,
    effective_from = $8,
    effective_to = $9,
    is_active = $10
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and visitnow.acts_for($1, provider_id, 'availability:write')
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, provider_id, clinic_id, slot_duration, buffer_minutes, slots, effective_from, effective_to, is_active,
          created_at, updated_at

-- A trigger asks for the permission.
-- $1 actor  $2 provider  $3 clinic  $4 slot duration  $5 buffer minutes  $6 slots  $7 effective from  $8 effective to
-- $9 is active
insert into visitnow.availability_templates
  (provider_id, clinic_id, slot_duration, buffer_minutes, slots, effective_from, effective_to, is_active)
select $2, $3, $4, $5, $6, $7, $8, $9
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, provider_id, clinic_id, slot_duration, buffer_minutes, slots, effective_from, effective_to, is_active,
          created_at, updated_at

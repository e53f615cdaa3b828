-- A month of slots from each template of the demo that has none.
-- $1 the practices of the demo
insert into visitnow.slots (provider_id, clinic_id, template_id, start_at, end_at, mode)
select template.provider_id, template.clinic_id, template.id, slot.start_at, slot.end_at, slot.mode
from jsonb_to_recordset($1::jsonb -> 'templates') as demo (id uuid)
join visitnow.availability_templates as template on template.id = demo.id
cross join lateral visitnow.template_slots(template, current_date + 1, current_date + 31) as slot
where not exists (
  select
  from visitnow.slots
  where slots.provider_id = template.provider_id
    and slots.template_id = template.id
)
on conflict do nothing

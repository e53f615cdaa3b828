-- Those to come take an open slot each; the database would do it by itself, but the demo comes in while it does nothing.
-- $1 the practices of the demo
with demo as (
  select
    appointment.id,
    appointment.patient,
    appointment.dependant,
    appointment.provider,
    appointment.clinic,
    appointment.service,
    appointment."nthSlot",
    appointment.channel,
    appointment.status,
    appointment.reason,
    appointment.notes,
    appointment.rating,
    appointment.moves,
    coalesce(slot.start_at, past.start_at) as scheduled_start,
    coalesce(slot.end_at, past.start_at + appointment.minutes * interval '1 minute') as scheduled_end,
    slot.id as slot_id
  from jsonb_to_recordset($1::jsonb -> 'appointments') as appointment (
    id uuid,
    patient uuid,
    dependant uuid,
    provider uuid,
    clinic uuid,
    service uuid,
    "inDays" double precision,
    minutes integer,
    "nthSlot" integer,
    channel visitnow.visit_mode,
    status visitnow.appointment_status,
    reason text,
    notes text,
    rating integer,
    moves jsonb)
  join visitnow.patients on patients.id = appointment.patient
  join visitnow.clinics on clinics.provider_id = appointment.provider and clinics.id = appointment.clinic
  cross join lateral (
    select date_trunc('hour', now() + appointment."inDays" * interval '1 day')
  ) as past (start_at)
  left join lateral (
    select id, start_at, end_at
    from visitnow.slots
    where provider_id = appointment.provider
      and mode = appointment.channel
      and status = 'open'
    order by start_at
    offset appointment."nthSlot"
    limit 1
  ) as slot on appointment."nthSlot" is not null
  where not exists (select from visitnow.appointments where id = appointment.id)
), taken as (
  update visitnow.slots
  set status = 'booked'
  from demo
  where slots.id = demo.slot_id
  returning slots.id
)
insert into visitnow.appointments
  (id, patient_id, dependant_id, provider_id, clinic_id, service_id, slot_id, scheduled_start, scheduled_end, status,
   channel, reason, notes, rating, timeline, created_at, updated_at)
select demo.id,
       demo.patient,
       demo.dependant,
       demo.provider,
       demo.clinic,
       demo.service,
       taken.id,
       demo.scheduled_start,
       demo.scheduled_end,
       demo.status,
       demo.channel,
       demo.reason,
       demo.notes,
       demo.rating,
       story.timeline,
       story.began,
       story.ended
from demo
left join taken on taken.id = demo.slot_id
cross join lateral (
  select
    jsonb_agg(
      jsonb_build_object(
        'at', move.at, 'by', entry ->> 0, 'from', entry ->> 1, 'to', entry ->> 2, 'note', entry ->> 4)
      order by place),
    min(move.at),
    max(move.at)
  from jsonb_array_elements(demo.moves) with ordinality as moves (entry, place)
  cross join lateral (select now() - (entry ->> 3)::double precision * interval '1 day') as move (at)
) as story (timeline, began, ended)
where demo."nthSlot" is null or taken.id is not null
on conflict do nothing

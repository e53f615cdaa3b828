-- Deletes the open slots to come that the template gives no longer, then makes those that it gives and that are not there.
-- What is deleted is out of the way of what is made, though both see the rows as they were: constraints look at them as
-- they are, and nothing is made before the count of the deleted is known. Two at once take turns on the template, and
-- always go by time; a slot that somebody is about to take is theirs.
-- More than 20,000 would take longer than a statement may.
-- $1 actor  $2 template  $3 until
with template as (
  select
    template.id,
    template.provider_id,
    template.clinic_id,
    template as pattern,
    (now() at time zone clinics.time_zone)::date as today,
    visitnow.instant(($3::date + 1)::timestamp, clinics.time_zone) as beyond
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  cross join visitnow.availability_templates as template
  join visitnow.clinics on clinics.id = template.clinic_id
  where template.id = $2
    and visitnow.acts_for($1, template.provider_id, 'availability:write')
  for no key update of template
), wanted as materialized (
  select distinct template.provider_id, template.clinic_id, slot.start_at, slot.end_at, slot.mode
  from template
  cross join lateral visitnow.template_slots(template.pattern, template.today, $3) as slot
  where $3 between template.today and template.today + 180
    and slot.start_at > now()
), few as materialized (
  select count(*) <= 20000 as enough_time
  from wanted
), stale as (
  select slots.id
  from template
  join visitnow.slots on slots.provider_id = template.provider_id and slots.template_id = template.id
  where $3 between template.today and template.today + 180
    and (select enough_time from few)
    and slots.status = 'open'
    and slots.start_at > now()
    and slots.start_at < template.beyond
    and (slots.clinic_id, slots.start_at, slots.end_at, slots.mode) not in (
      select clinic_id, start_at, end_at, mode from wanted)
  order by slots.start_at
  for update of slots skip locked
), gone as (
  delete from visitnow.slots
  using stale
  where slots.id = stale.id
  returning slots.id
), made as (
  insert into visitnow.slots (provider_id, clinic_id, template_id, start_at, end_at, mode)
  select provider_id, clinic_id, $2, start_at, end_at, mode
  from wanted
  where (select enough_time from few)
    and (select count(*) from gone) >= 0
  order by start_at
  on conflict do nothing
  returning id
)
select
  $3 between template.today and template.today + 180 as "timely!",
  (select enough_time from few) as "few!",
  (select count(*) from made) as "created!",
  (select count(*) from gone) as "removed!",
  (select count(*) from wanted) - (select count(*) from made) as "kept!"
from template

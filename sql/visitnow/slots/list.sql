-- Of the practices that the actor is of and may do this for, earliest first.
-- $1 actor  $2 last id seen  $3 rows  $4 last start seen  $5 provider  $6 from  $7 before  $8 statuses
select slot.id, slot.provider_id, slot.clinic_id, slot.template_id, slot.start_at, slot.end_at, slot.mode,
       slot.status, slot.held_until, slot.created_at, slot.updated_at, true as "may_write!"
from (
  select id from visitnow.providers where user_id = $1
  union
  select provider_id from visitnow.staff_members where user_id = $1
) as practice (id)
cross join lateral (
  select id, provider_id, clinic_id, template_id, start_at, end_at, mode, status, held_until, created_at, updated_at
  from visitnow.slots
  where provider_id = practice.id
    and start_at >= greatest($4::timestamptz, $6::timestamptz, '-infinity')
    and start_at < coalesce($7::timestamptz, 'infinity')
    and (start_at, id) > (
      coalesce($4, '-infinity'), coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'))
    and case when cardinality($8::visitnow.slot_status[]) = 0 then true else status = any ($8) end
  order by start_at, id
  limit $3
) as slot
where visitnow.acts_for($1, practice.id, 'availability:write')
  and case when $5::uuid is null then true else practice.id = $5 end
order by slot.start_at, slot.id
limit $3

-- Who came first is first.
-- $1 actor  $2 provider  $3 rows  $4 last id seen
select waitlist.id, waitlist.patient_id, waitlist.provider_id, waitlist.desired_range, waitlist.status,
       slots.id as "offered_slot_id?", slots.held_until, waitlist.created_at, waitlist.updated_at,
       false as "is_patient!"
from visitnow.waitlist
left join visitnow.slots on slots.held_for_id = waitlist.id
where visitnow.acts_for($1, $2, 'appointments:write')
  and waitlist.provider_id = $2
  and waitlist.id > coalesce($4::uuid, '00000000-0000-0000-0000-000000000000')
order by waitlist.id
limit $3

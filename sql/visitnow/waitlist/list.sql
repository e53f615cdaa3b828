-- Newest first.
-- $1 patient's user  $2 last id seen  $3 rows  $4 statuses
select waitlist.id, waitlist.patient_id, waitlist.provider_id, waitlist.desired_range, waitlist.status,
       slots.id as "offered_slot_id?", slots.held_until, waitlist.created_at, waitlist.updated_at,
       true as "is_patient!"
from visitnow.waitlist
left join visitnow.slots on slots.held_for_id = waitlist.id
where waitlist.patient_id = (select id from visitnow.patients where user_id = $1)
  and waitlist.id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
  and case when cardinality($4::visitnow.waitlist_status[]) = 0 then true else waitlist.status = any ($4) end
order by waitlist.id desc
limit $3

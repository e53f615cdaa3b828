-- Of the patient, and of who acts for the provider.
-- $1 actor  $2 entry
select waitlist.id, waitlist.patient_id, waitlist.provider_id, waitlist.desired_range, waitlist.status,
       slots.id as "offered_slot_id?", slots.held_until, waitlist.created_at, waitlist.updated_at,
       waitlist.patient_id is not distinct from (select id from visitnow.patients where user_id = $1) as "is_patient!"
from visitnow.waitlist
left join visitnow.slots on slots.held_for_id = waitlist.id
where waitlist.id = $2
  and (waitlist.patient_id = (select id from visitnow.patients where user_id = $1)
    or visitnow.acts_for($1, waitlist.provider_id, 'appointments:write'))

-- Latest first.
-- $1 patient's user  $2 last id seen  $3 rows  $4 last start seen  $5 statuses  $6 from  $7 before
select id, patient_id, dependant_id, provider_id, clinic_id, service_id, slot_id, scheduled_start, scheduled_end, status,
       channel, reason, timeline, rating, created_at, updated_at
from visitnow.appointments
where patient_id = (select id from visitnow.patients where user_id = $1)
  and scheduled_start >= coalesce($6::timestamptz, '-infinity')
  and scheduled_start < coalesce($7::timestamptz, 'infinity')
  and (scheduled_start, id) < (
    coalesce($4::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
  and case when cardinality($5::visitnow.appointment_status[]) = 0 then true else status = any ($5) end
order by scheduled_start desc, id desc
limit $3

-- Latest first; why the patient came is theirs alone after 90 days.
-- $1 actor  $2 provider  $3 rows  $4 last id seen  $5 last start seen  $6 statuses
select id, patient_id, dependant_id, provider_id, clinic_id, service_id, slot_id, scheduled_start, scheduled_end, status,
       channel, case when scheduled_end > now() - interval '90 days' then reason end as reason, timeline, rating, created_at, updated_at
from visitnow.appointments
where visitnow.acts_for($1, $2, 'appointments:write')
  and provider_id = $2
  and (scheduled_start, id) < (
    coalesce($5::timestamptz, 'infinity'), coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
  and case when cardinality($6::visitnow.appointment_status[]) = 0 then true else status = any ($6) end
order by scheduled_start desc, id desc
limit $3

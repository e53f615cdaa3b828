-- Earliest first; why the patient came is theirs alone after 90 days. A day somewhere on earth begins and ends within a day of the same in UTC.
-- $1 actor  $2 provider  $3 rows  $4 last id seen  $5 last start seen  $6 statuses  $7 day
select appointments.id, appointments.patient_id, appointments.dependant_id, appointments.provider_id,
       appointments.clinic_id, appointments.service_id, appointments.slot_id, appointments.scheduled_start,
       appointments.scheduled_end, appointments.status, appointments.channel,
       case when scheduled_end > now() - interval '90 days' then appointments.reason end as reason,
       appointments.timeline, appointments.rating, appointments.created_at, appointments.updated_at
from visitnow.appointments
left join visitnow.clinics on clinics.id = appointments.clinic_id
where visitnow.acts_for($1, $2, 'appointments:write')
  and appointments.provider_id = $2
  and scheduled_start >= ($7::date - 1)::timestamp at time zone 'UTC'
  and scheduled_start < ($7::date + 2)::timestamp at time zone 'UTC'
  and (scheduled_start at time zone coalesce(clinics.time_zone, 'UTC'))::date = $7
  and (scheduled_start, appointments.id) > (
    coalesce($5::timestamptz, '-infinity'), coalesce($4::uuid, '00000000-0000-0000-0000-000000000000'))
  and case when cardinality($6::visitnow.appointment_status[]) = 0 then true else appointments.status = any ($6) end
order by scheduled_start, appointments.id
limit $3

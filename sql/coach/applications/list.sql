-- $1 owner  $2 last id seen  $3 rows  $4 statuses  $5 job
select id, job_id, resume_id, method, status, cover_letter, application_url, confirmation_number, submitted_at,
       response_received_at, follow_up_date, notes, created_at, updated_at
from coach.applications
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and (cardinality($4::coach.application_status[]) = 0 or status = any ($4))
  and ($5::uuid is null or job_id = $5)
order by id desc
limit $3

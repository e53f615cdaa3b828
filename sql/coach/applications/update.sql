-- $1 owner  $2 application  $3 accepted versions  $4 job id  $5 resume id  $6 method  $7 status  $8 cover letter
-- $9 application URL  $10 confirmation number  $11 response received at  $12 follow up date  $13 notes
update coach.applications
set job_id = $4,
    resume_id = $5,
    method = $6,
    status = coalesce($7::coach.application_status, status),
    cover_letter = $8,
    application_url = $9,
    confirmation_number = $10,
    response_received_at = $11,
    follow_up_date = $12,
    notes = $13
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, job_id, resume_id, method, status, cover_letter, application_url, confirmation_number, submitted_at,
          response_received_at, follow_up_date, notes, created_at, updated_at

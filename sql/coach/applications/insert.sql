-- $1 owner  $2 job id  $3 resume id  $4 method  $5 status  $6 cover letter  $7 application URL
-- $8 confirmation number  $9 response received at  $10 follow up date  $11 notes
insert into coach.applications
  (user_id, job_id, resume_id, method, status, cover_letter, application_url, confirmation_number,
   response_received_at, follow_up_date, notes)
select $1, $2, $3, $4, coalesce($5::coach.application_status, 'DRAFT'), $6, $7, $8, $9, $10, $11
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, job_id, resume_id, method, status, cover_letter, application_url, confirmation_number, submitted_at,
          response_received_at, follow_up_date, notes, created_at, updated_at

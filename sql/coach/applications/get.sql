-- $1 owner  $2 application
select id, job_id, resume_id, method, status, cover_letter, application_url, confirmation_number, submitted_at,
       response_received_at, follow_up_date, notes, created_at, updated_at
from coach.applications
where user_id = $1
  and id = $2

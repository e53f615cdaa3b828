-- Of two that come at once, one finds a draft. Triggers stamp it and move resume and job along.
-- $1 owner  $2 application
update coach.applications
set status = 'SUBMITTED'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and status = 'DRAFT'
returning id, job_id, resume_id, method, status, cover_letter, application_url, confirmation_number, submitted_at,
          response_received_at, follow_up_date, notes, created_at, updated_at

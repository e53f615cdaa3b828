-- Applications for some of the jobs.
copy coach.applications
  (user_id, id, job_id, method, status, cover_letter, submitted_at, response_received_at, created_at, updated_at)
from stdin (format binary)

-- Timelines. Nobody made these changes: no changed_by_id.
copy coach.status_changes
  (user_id, id, job_id, from_status, to_status, reason, changed_at, created_at, updated_at)
from stdin (format binary)

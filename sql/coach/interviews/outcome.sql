-- Triggers stamp the time and move the job along.
-- $1 owner  $2 interview  $3 outcome  $4 feedback
update coach.interviews
set outcome = $3,
    feedback = coalesce($4, feedback)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
returning id, job_id, application_id, interview_type, scheduled_at, duration, timezone, location, meeting_url,
          interviewers, round, outcome, completed_at, notes, preparation_notes, feedback, questions_asked,
          follow_up_sent_at, created_at, updated_at

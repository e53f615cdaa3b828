-- $1 owner  $2 interview
select id, job_id, application_id, interview_type, scheduled_at, duration, timezone, location, meeting_url,
       interviewers, round, outcome, completed_at, notes, preparation_notes, feedback, questions_asked,
       follow_up_sent_at, created_at, updated_at
from coach.interviews
where user_id = $1
  and id = $2

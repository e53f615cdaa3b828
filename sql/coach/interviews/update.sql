-- $1 owner  $2 interview  $3 accepted versions  $4 job id  $5 application id  $6 interview type  $7 scheduled at
-- $8 duration  $9 timezone  $10 location  $11 meeting url  $12 interviewers  $13 round  $14 outcome  $15 notes
-- $16 preparation notes  $17 feedback  $18 questions asked  $19 follow up sent at
update coach.interviews
set job_id = $4,
    application_id = $5,
    interview_type = $6,
    scheduled_at = $7,
    duration = $8,
    timezone = $9,
    location = $10,
    meeting_url = $11,
    interviewers = $12,
    round = $13,
    outcome = coalesce($14::coach.interview_outcome, outcome),
    notes = $15,
    preparation_notes = $16,
    feedback = $17,
    questions_asked = $18,
    follow_up_sent_at = $19
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, job_id, application_id, interview_type, scheduled_at, duration, timezone, location, meeting_url,
          interviewers, round, outcome, completed_at, notes, preparation_notes, feedback, questions_asked,
          follow_up_sent_at, created_at, updated_at

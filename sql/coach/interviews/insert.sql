-- $1 owner  $2 job id  $3 application id  $4 interview type  $5 scheduled at  $6 duration  $7 timezone  $8 location
-- $9 meeting url  $10 interviewers  $11 round  $12 outcome  $13 notes  $14 preparation notes  $15 feedback
-- $16 questions asked  $17 follow up sent at
insert into coach.interviews
  (user_id, job_id, application_id, interview_type, scheduled_at, duration, timezone, location, meeting_url,
   interviewers, round, outcome, notes, preparation_notes, feedback, questions_asked, follow_up_sent_at)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce($12::coach.interview_outcome, 'PENDING'), $13, $14, $15,
       $16, $17
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, job_id, application_id, interview_type, scheduled_at, duration, timezone, location, meeting_url,
          interviewers, round, outcome, completed_at, notes, preparation_notes, feedback, questions_asked,
          follow_up_sent_at, created_at, updated_at

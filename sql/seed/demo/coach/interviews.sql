-- $1 a person of the demo  $2 their id
insert into coach.interviews
  (user_id, id, job_id, application_id, interview_type, scheduled_at, duration, timezone, location, meeting_url,
   interviewers, round, outcome, completed_at, notes, preparation_notes, feedback, questions_asked, follow_up_sent_at,
   created_at, updated_at)
select $2::uuid,
       interview.id,
       interview."jobId",
       applications.id,
       interview.type,
       date_trunc('hour', now() + interview."inDays" * interval '1 day'),
       interview.duration,
       interview.timezone,
       interview.location,
       interview."meetingUrl",
       interview.interviewers,
       interview.round,
       interview.outcome,
       now() - interview."completedDaysAgo" * interval '1 day',
       interview.notes,
       interview."preparationNotes",
       interview.feedback,
       coalesce(interview."questionsAsked", '{}'),
       now() - interview."followUpDaysAgo" * interval '1 day',
       now() - interview."createdDaysAgo" * interval '1 day',
       now() - least(
         interview."createdDaysAgo",
         interview."completedDaysAgo",
         interview."followUpDaysAgo") * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{coach,interviews}') as interview (
  id uuid,
  "jobId" uuid,
  "applicationId" uuid,
  type coach.interview_type,
  "inDays" double precision,
  duration integer,
  timezone text,
  location text,
  "meetingUrl" text,
  interviewers jsonb,
  round integer,
  outcome coach.interview_outcome,
  "completedDaysAgo" double precision,
  notes text,
  "preparationNotes" text,
  feedback text,
  "questionsAsked" text[],
  "followUpDaysAgo" double precision,
  "createdDaysAgo" double precision)
join coach.jobs on jobs.user_id = $2 and jobs.id = interview."jobId"
left join coach.applications
  on applications.user_id = $2 and applications.id = interview."applicationId" and applications.job_id = jobs.id
on conflict do nothing

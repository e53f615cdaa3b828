-- $1 a person of the demo  $2 their id
insert into coach.applications
  (user_id, id, job_id, resume_id, method, status, cover_letter, confirmation_number, submitted_at,
   response_received_at, follow_up_date, notes, created_at, updated_at)
select $2::uuid,
       application.id,
       job.id,
       resumes.id,
       application.method,
       application.status,
       application."coverLetter",
       application."confirmationNumber",
       now() - application."submittedDaysAgo" * interval '1 day',
       now() - application."responseReceivedDaysAgo" * interval '1 day',
       current_date + application."followUpInDays",
       application.notes,
       now() - application."createdDaysAgo" * interval '1 day',
       now() - least(
         application."createdDaysAgo",
         application."submittedDaysAgo",
         application."responseReceivedDaysAgo") * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{coach,jobs}') as job (id uuid, applications jsonb)
cross join jsonb_to_recordset(job.applications) as application (
  id uuid,
  "resumeId" uuid,
  method coach.application_method,
  status coach.application_status,
  "coverLetter" text,
  "confirmationNumber" text,
  "submittedDaysAgo" double precision,
  "responseReceivedDaysAgo" double precision,
  "followUpInDays" integer,
  notes text,
  "createdDaysAgo" double precision)
left join coach.resumes on resumes.user_id = $2 and resumes.id = application."resumeId"
on conflict do nothing

-- A resume was last used when the latest application with it was submitted.
-- $1 a person of the demo  $2 their id
insert into coach.resumes
  (user_id, id, title, file_name, file_url, file_size, mime_type, is_primary, raw_text, parsed_data, version,
   last_used_at, created_at, updated_at)
select $2::uuid,
       resume.id,
       resume.title,
       resume."fileName",
       resume."fileUrl",
       resume."fileSize",
       resume."mimeType",
       resume."isPrimary",
       resume."rawText",
       nullif(resume."parsedData", 'null'),
       resume.version,
       now() - used."daysAgo" * interval '1 day',
       now() - resume."createdDaysAgo" * interval '1 day',
       now() - least(resume."createdDaysAgo", used."daysAgo") * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{coach,resumes}') as resume (
  id uuid,
  title text,
  "fileName" text,
  "fileUrl" text,
  "fileSize" integer,
  "mimeType" text,
  "isPrimary" boolean,
  "rawText" text,
  "parsedData" jsonb,
  version integer,
  "createdDaysAgo" double precision)
cross join lateral (
  select min(application."submittedDaysAgo")
  from jsonb_path_query_array($1::jsonb, '$.coach.jobs[*].applications[*]') as applications (list)
  cross join jsonb_to_recordset(applications.list) as application (
    "resumeId" uuid,
    "submittedDaysAgo" double precision)
  where application."resumeId" = resume.id
) as used ("daysAgo")
on conflict do nothing

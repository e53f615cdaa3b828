-- $1 a person of the demo  $2 their id
insert into coach.documents
  (user_id, id, job_id, document_type, title, file_name, file_url, file_size, mime_type, description, content,
   created_at, updated_at)
select $2::uuid,
       document.id,
       jobs.id,
       document.type,
       document.title,
       document."fileName",
       document."fileUrl",
       document."fileSize",
       document."mimeType",
       document.description,
       document.content,
       now() - document."createdDaysAgo" * interval '1 day',
       now() - document."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{coach,documents}') as document (
  id uuid,
  "jobId" uuid,
  type coach.document_type,
  title text,
  "fileName" text,
  "fileUrl" text,
  "fileSize" integer,
  "mimeType" text,
  description text,
  content text,
  "createdDaysAgo" double precision)
join coach.jobs on jobs.user_id = $2 and jobs.id = document."jobId"
on conflict do nothing

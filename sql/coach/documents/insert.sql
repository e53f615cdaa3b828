-- $1 owner  $2 job id  $3 document type  $4 title  $5 file name  $6 file url  $7 file size  $8 mime type
-- $9 description  $10 content
insert into coach.documents
  (user_id, job_id, document_type, title, file_name, file_url, file_size, mime_type, description, content)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, job_id, document_type, title, file_name, file_url, file_size, mime_type, description, content,
          created_at, updated_at

-- $1 owner  $2 document  $3 accepted versions  $4 job id  $5 document type  $6 title  $7 file name  $8 file url
-- $9 file size  $10 mime type  $11 description  $12 content
update coach.documents
set job_id = $4,
    document_type = $5,
    title = $6,
    file_name = $7,
    file_url = $8,
    file_size = $9,
    mime_type = $10,
    description = $11,
    content = $12
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, job_id, document_type, title, file_name, file_url, file_size, mime_type, description, content,
          created_at, updated_at

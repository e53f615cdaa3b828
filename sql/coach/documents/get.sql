-- $1 owner  $2 document
select id, job_id, document_type, title, file_name, file_url, file_size, mime_type, description, content, created_at,
       updated_at
from coach.documents
where user_id = $1
  and id = $2

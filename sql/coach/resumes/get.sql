-- $1 owner  $2 resume
select id, title, file_name, file_url, file_size, mime_type, is_primary, is_active, raw_text, parsed_data, version,
       last_used_at, created_at, updated_at
from coach.resumes
where user_id = $1
  and id = $2

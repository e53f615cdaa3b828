-- Makes it the primary one; a trigger takes the mark from the other.
-- $1 owner  $2 resume
update coach.resumes
set is_primary = true
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
returning id, title, file_name, file_url, file_size, mime_type, is_primary, is_active, raw_text, parsed_data,
          version, last_used_at, created_at, updated_at

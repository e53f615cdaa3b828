-- $1 owner  $2 resume  $3 accepted versions  $4 title  $5 file name  $6 file URL  $7 file size  $8 mime type
-- $9 is primary  $10 is active  $11 raw text  $12 parsed data  $13 version
update coach.resumes
set title = $4,
    file_name = $5,
    file_url = $6,
    file_size = $7,
    mime_type = $8,
    is_primary = $9,
    is_active = $10,
    raw_text = $11,
    parsed_data = $12,
    version = $13
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, title, file_name, file_url, file_size, mime_type, is_primary, is_active, raw_text, parsed_data,
          version, last_used_at, created_at, updated_at

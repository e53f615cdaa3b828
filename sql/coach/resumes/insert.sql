-- $1 owner  $2 title  $3 file name  $4 file URL  $5 file size  $6 mime type  $7 is primary  $8 is active  $9 raw text
-- $10 parsed data  $11 version
insert into coach.resumes
  (user_id, title, file_name, file_url, file_size, mime_type, is_primary, is_active, raw_text, parsed_data, version)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, title, file_name, file_url, file_size, mime_type, is_primary, is_active, raw_text, parsed_data,
          version, last_used_at, created_at, updated_at

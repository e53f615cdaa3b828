-- $1 who brings it  $2 title  $3 description  $4 type  $5 URL  $6 file path  $7 is published  $8 category  $9 tags
insert into mentorship.resources
  (uploaded_by_id, title, description, type, url, file_path, is_published, category, tags)
select $1, $2, $3, $4, $5, $6, $7, $8, $9
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
          updated_at

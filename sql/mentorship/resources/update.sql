-- $1 who brought it, or an administrator  $2 resource  $3 accepted versions  $4 title  $5 description  $6 type  $7 URL
-- $8 file path  $9 is published  $10 category  $11 tags
update mentorship.resources
set title = $4,
    description = $5,
    type = $6,
    url = $7,
    file_path = $8,
    is_published = $9,
    category = $10,
    tags = $11
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and (uploaded_by_id = $1 or identity.has_role($1, 'mentorship', 'admin'))
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
          updated_at

-- As a range: of equals the planner might walk through the primary key, which is in order, too, in search of a rare one.
-- $1 last id seen  $2 rows  $3 type
select id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
       updated_at
from mentorship.resources
where is_published
  and type >= $3
  and (type, id) < ($3, coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by type desc, id desc
limit $2

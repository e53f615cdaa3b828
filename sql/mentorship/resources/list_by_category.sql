-- As a range: of equals the planner might walk through the primary key, which is in order, too, in search of a rare one.
-- $1 last id seen  $2 rows  $3 category  $4 type, if only that
select id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
       updated_at
from mentorship.resources
where is_published
  and lower(category) >= lower($3)
  and (lower(category), id) < (lower($3), coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  and case when $4::mentorship.resource_type is null then true else type = $4 end
order by lower(category) desc, id desc
limit $2

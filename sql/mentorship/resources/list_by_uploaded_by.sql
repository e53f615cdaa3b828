-- $1 who brought them  $2 last id seen  $3 rows  $4 is published, if only that  $5 type, if only that
-- $6 category, if only that
select id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
       updated_at
from mentorship.resources
where uploaded_by_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when $4::boolean is null then true else is_published = $4 end
  and case when $5::mentorship.resource_type is null then true else type = $5 end
  and case when $6::text is null then true else lower(category) = lower($6) end
order by id desc
limit $3

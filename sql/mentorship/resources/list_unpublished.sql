-- $1 an administrator  $2 last id seen  $3 rows  $4 type, if only that  $5 category, if only that
select id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
       updated_at
from mentorship.resources
where not is_published
  and (select identity.has_role($1, 'mentorship', 'admin'))
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when $4::mentorship.resource_type is null then true else type = $4 end
  and case when $5::text is null then true else lower(category) = lower($5) end
order by id desc
limit $3

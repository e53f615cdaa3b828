-- They are found first and sorted then, lest PostgreSQL walk through all resources in search of a rare tag.
-- $1 reader  $2 last id seen  $3 rows  $4 tags, all of them  $5 is published, if only that  $6 what the reader brought alone
-- $7 type, if only that  $8 category, if only that
with found as materialized (
  select id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
         updated_at
  from mentorship.resources
  where base.lowered(tags) @> base.lowered($4)
    and (is_published or uploaded_by_id = $1 or (select identity.has_role($1, 'mentorship', 'admin')))
    and case when $5::boolean is null then true else is_published = $5 end
    and case when $6 then uploaded_by_id = $1 else true end
    and case when $7::mentorship.resource_type is null then true else type = $7 end
    and case when $8::text is null then true else lower(category) = lower($8) end
)
select id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
       updated_at
from found
where id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3

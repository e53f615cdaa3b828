-- None where the reader finds no such resource.
-- $1 reader  $2 resource  $3 last id seen  $4 rows
select id, resource_id, user_id,
       (select person.display_name from identity.users as person where person.id = user_id) as "display_name: String",
       content, created_at, updated_at
from mentorship.resource_comments
where resource_id = $2
  and id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and (
    select is_published or uploaded_by_id = $1 or identity.has_role($1, 'mentorship', 'admin')
    from mentorship.resources as resource
    where resource.id = $2
  )
order by id desc
limit $4

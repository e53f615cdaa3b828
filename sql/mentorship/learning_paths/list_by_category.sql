-- $1 last id seen  $2 rows  $3 category
select id, title, category, description, modules, created_at, updated_at
from mentorship.learning_paths
where category = $3
  and id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $2

-- $1 last id seen  $2 rows
select id, name, slug, description, color, icon, created_at, updated_at
from smatrx.skill_categories
where id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $2

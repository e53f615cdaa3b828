-- $1 owner  $2 last id seen  $3 rows
select id, name, category, level, years_of_experience, endorsements, created_at, updated_at
from coach.skills
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3

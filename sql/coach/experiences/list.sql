-- $1 owner  $2 last id seen  $3 rows
select id, company, position, description, location, work_mode, start_date, end_date, is_current, achievements,
       technologies, created_at, updated_at
from coach.experiences
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3

-- The filter is a case: of `… or …` the planner expects next to no rows, and sorts instead of reading in order.
-- $1 owner  $2 last id seen  $3 rows  $4 types
select id, type, title, description, points, badge, earned_at, career_goal_id, created_at, updated_at
from smatrx.achievements
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::smatrx.achievement_type[]) = 0 then true else type = any ($4) end
order by id desc
limit $3

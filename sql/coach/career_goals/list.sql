-- The filter is a case: of `… or …` the planner expects next to no rows, and sorts instead of reading in order.
-- $1 owner  $2 last id seen  $3 rows  $4 statuses
select id, title, description, status, priority, progress, target_date, milestones, recommendations, created_at,
       updated_at
from coach.career_goals
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::coach.goal_status[]) = 0 then true else status = any ($4) end
order by id desc
limit $3

-- The filters are cases: of `… or …` the planner expects next to no rows, and sorts instead of reading in order.
-- $1 owner  $2 last id seen  $3 rows  $4 statuses  $5 types  $6 priorities
select id, title, description, type, target_date, status, priority, progress, created_at, updated_at
from smatrx.career_goals
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::smatrx.goal_status[]) = 0 then true else status = any ($4) end
  and case when cardinality($5::smatrx.goal_type[]) = 0 then true else type = any ($5) end
  and case when cardinality($6::smatrx.goal_priority[]) = 0 then true else priority = any ($6) end
order by id desc
limit $3

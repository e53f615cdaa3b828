-- A trigger has progress and status follow from the milestones.
-- $1 owner  $2 title  $3 description  $4 status  $5 priority  $6 progress  $7 target date  $8 milestones
-- $9 recommendations
insert into coach.career_goals
  (user_id, title, description, status, priority, progress, target_date, milestones, recommendations)
select $1, $2, $3, coalesce($4::coach.goal_status, 'NOT_STARTED'), $5, coalesce($6::integer, 0), $7, $8, $9
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, title, description, status, priority, progress, target_date, milestones, recommendations,
          created_at, updated_at

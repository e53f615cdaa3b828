-- A trigger has progress and status follow from the milestones.
-- $1 owner  $2 goal  $3 accepted versions  $4 title  $5 description  $6 status  $7 priority  $8 progress
-- $9 target date  $10 milestones  $11 recommendations
update coach.career_goals
set title = $4,
    description = $5,
    status = coalesce($6::coach.goal_status, status),
    priority = $7,
    progress = coalesce($8::integer, progress),
    target_date = $9,
    milestones = $10,
    recommendations = $11
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, title, description, status, priority, progress, target_date, milestones, recommendations,
          created_at, updated_at

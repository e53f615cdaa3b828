-- Triggers have progress and status follow each other, and record the achievement of a goal that is completed.
-- $1 owner  $2 goal  $3 accepted versions  $4 title  $5 description  $6 type  $7 target date  $8 status  $9 priority
-- $10 progress
update smatrx.career_goals
set title = $4,
    description = $5,
    type = $6,
    target_date = $7,
    status = coalesce($8::smatrx.goal_status, status),
    priority = coalesce($9::smatrx.goal_priority, priority),
    progress = coalesce($10::integer, progress)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, title, description, type, target_date, status, priority, progress, created_at, updated_at

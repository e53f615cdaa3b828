-- Triggers have progress and status follow each other, and record the achievement of a goal that is completed.
-- $1 owner  $2 title  $3 description  $4 type  $5 target date  $6 status  $7 priority  $8 progress
insert into smatrx.career_goals (user_id, title, description, type, target_date, status, priority, progress)
select $1, $2, $3, $4, $5, coalesce($6::smatrx.goal_status, 'active'),
       coalesce($7::smatrx.goal_priority, 'medium'), coalesce($8::integer, 0)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, title, description, type, target_date, status, priority, progress, created_at, updated_at

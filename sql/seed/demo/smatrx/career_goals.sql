-- $1 a person of the demo  $2 their id
insert into smatrx.career_goals
  (user_id, id, title, description, type, target_date, status, priority, progress, created_at, updated_at)
select $2::uuid,
       goal.id,
       goal.title,
       goal.description,
       goal.type,
       current_date + goal."targetInDays",
       goal.status,
       goal.priority,
       goal.progress,
       now() - goal."createdDaysAgo" * interval '1 day',
       now() - goal."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{smatrx,goals}') as goal (
  id uuid,
  title text,
  description text,
  type smatrx.goal_type,
  "targetInDays" integer,
  status smatrx.goal_status,
  priority smatrx.goal_priority,
  progress integer,
  "createdDaysAgo" double precision,
  "changedDaysAgo" double precision)
on conflict do nothing

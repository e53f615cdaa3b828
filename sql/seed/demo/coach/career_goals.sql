-- A goal with milestones has the progress that they give.
-- $1 a person of the demo  $2 their id
insert into coach.career_goals
  (user_id, id, title, description, status, priority, progress, target_date, milestones, recommendations, created_at,
   updated_at)
select $2::uuid,
       goal.id,
       goal.title,
       goal.description,
       goal.status,
       goal.priority,
       coalesce(coach.milestone_progress(steps.milestones), goal.progress),
       current_date + goal."targetInDays",
       steps.milestones,
       goal.recommendations,
       now() - goal."createdDaysAgo" * interval '1 day',
       now() - goal."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{coach,goals}') as goal (
  id uuid,
  title text,
  description text,
  status coach.goal_status,
  priority integer,
  progress integer,
  "targetInDays" integer,
  milestones jsonb,
  recommendations text[],
  "createdDaysAgo" double precision,
  "changedDaysAgo" double precision)
cross join lateral (
  select coalesce(
    jsonb_agg(jsonb_build_object(
      'title', step.value -> 'title',
      'completed', step.value -> 'completed',
      'dueDate', current_date + (step.value ->> 'dueInDays')::integer) order by step.place),
    '[]')
  from jsonb_array_elements(goal.milestones) with ordinality as step (value, place)
) as steps (milestones)
on conflict do nothing

-- $1 the organization of the demo
insert into mentorship.user_learning_progress
  (user_id, id, path_id, completed_modules, progress, started_at, completed_at, created_at, updated_at)
select learner.id,
       progress.id,
       parent.id,
       progress."completedModules",
       share.percent,
       now() - progress."startedDaysAgo" * interval '1 day',
       case when share.percent = 100 then now() - progress."changedDaysAgo" * interval '1 day' end,
       now() - progress."startedDaysAgo" * interval '1 day',
       now() - progress."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'learningPaths') as path (id uuid, progress jsonb)
join mentorship.learning_paths as parent on parent.id = path.id
cross join jsonb_to_recordset(path.progress) as progress (
  id uuid,
  "user" text,
  "completedModules" text[],
  "startedDaysAgo" double precision,
  "changedDaysAgo" double precision)
join identity.users as learner on learner.id = ($1::jsonb #>> array['people', progress."user"])::uuid
cross join lateral (
  select cardinality(progress."completedModules") * 100 / jsonb_array_length(parent.modules)
) as share (percent)
where progress."completedModules" <@ mentorship.module_ids(parent.modules)
on conflict do nothing

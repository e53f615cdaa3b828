-- Completes a module, and starts the path where that was not done. No row where the module is completed already, or
-- there is no such path; a module that the path does not have breaks a check. The path is locked before the progress,
-- as by whoever changes the path.
-- $1 owner  $2 learning path  $3 module
with path as (
  select id
  from mentorship.learning_paths
  where id = $2
  for share
)
insert into mentorship.user_learning_progress as own (user_id, path_id, completed_modules)
select $1, path.id, array[$3::text]
from path
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (user_id, path_id) do update
set completed_modules = own.completed_modules || excluded.completed_modules
where not own.completed_modules @> excluded.completed_modules
returning own.id, own.path_id, own.completed_modules, own.progress, own.started_at, own.completed_at, own.created_at,
          own.updated_at

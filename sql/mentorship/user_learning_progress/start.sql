-- No row where the path is under way already, or there is none. The path is locked before the progress, as by whoever
-- changes the path.
-- $1 owner  $2 learning path
with path as (
  select id
  from mentorship.learning_paths
  where id = $2
  for share
)
insert into mentorship.user_learning_progress (user_id, path_id)
select $1, path.id
from path
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (user_id, path_id) do nothing
returning id, path_id, completed_modules, progress, started_at, completed_at, created_at, updated_at

-- A trigger lets everybody's progress follow the modules.
-- $1 who acts  $2 learning path  $3 accepted versions  $4 title  $5 category  $6 description  $7 modules
update mentorship.learning_paths
set title = $4,
    category = $5,
    description = $6,
    modules = $7
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, title, category, description, modules, created_at, updated_at

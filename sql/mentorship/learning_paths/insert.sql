-- $1 who acts  $2 title  $3 category  $4 description  $5 modules
insert into mentorship.learning_paths (title, category, description, modules)
select $2, $3, $4, $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, title, category, description, modules, created_at, updated_at

-- $1 learning path
select id, title, category, description, modules, created_at, updated_at
from mentorship.learning_paths
where id = $1

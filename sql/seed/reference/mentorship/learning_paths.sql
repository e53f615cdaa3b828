-- $1 the learning paths
insert into mentorship.learning_paths (id, title, category, description, modules, created_at, updated_at)
select path.id,
       path.title,
       path.category,
       path.description,
       path.modules,
       since.made,
       since.made
from jsonb_to_recordset($1::jsonb) as path (
  id uuid,
  title text,
  category text,
  description text,
  modules jsonb)
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

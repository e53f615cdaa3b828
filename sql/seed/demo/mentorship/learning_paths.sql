-- $1 the organization of the demo
insert into mentorship.learning_paths (id, title, category, description, modules, created_at, updated_at)
select path.id,
       path.title,
       path.category,
       path.description,
       path.modules,
       now() - path."createdDaysAgo" * interval '1 day',
       now() - path."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'learningPaths') as path (
  id uuid,
  title text,
  category text,
  description text,
  modules jsonb,
  "createdDaysAgo" double precision)
on conflict do nothing

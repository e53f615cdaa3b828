-- $1 the categories of skills
insert into smatrx.skill_categories (id, name, slug, description, color, icon, created_at, updated_at)
select category.id,
       category.name,
       category.slug,
       category.description,
       category.color,
       category.icon,
       since.made,
       since.made
from jsonb_to_recordset($1::jsonb) as category (
  id uuid,
  name text,
  slug text,
  description text,
  color text,
  icon text)
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

-- $1 category
select id, name, slug, description, color, icon, created_at, updated_at
from smatrx.skill_categories
where id = $1

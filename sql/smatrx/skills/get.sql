-- $1 skill
select id, name, slug, description, category_id,
       (select kind.name from smatrx.skill_categories as kind where kind.id = category_id) as "category_name!",
       tags, market_demand, average_salary, growth_trend, created_at, updated_at
from smatrx.skills
where id = $1

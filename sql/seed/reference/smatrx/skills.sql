-- Those of a category that is not there by its slug, because administrators have one of their own, stay away.
-- $1 the skills
insert into smatrx.skills
  (id, name, slug, description, category_id, tags, market_demand, average_salary, growth_trend, created_at, updated_at)
select skill.id,
       skill.name,
       base.slug_of(skill.name),
       skill.description,
       category.id,
       skill.tags,
       skill."marketDemand",
       skill."averageSalary",
       skill."growthTrend",
       since.made,
       since.made
from jsonb_to_recordset($1::jsonb) as skill (
  id uuid,
  name text,
  category text,
  description text,
  tags text[],
  "marketDemand" smatrx.market_demand,
  "averageSalary" jsonb,
  "growthTrend" double precision)
join smatrx.skill_categories as category on category.slug = skill.category
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

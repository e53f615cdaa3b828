-- $1 last id seen  $2 rows  $3 market demand
select id, name, slug, description, category_id,
       (select kind.name from smatrx.skill_categories as kind where kind.id = category_id) as "category_name!",
       tags, market_demand, average_salary, growth_trend, created_at, updated_at
from smatrx.skills
where market_demand = $3
  and id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $2

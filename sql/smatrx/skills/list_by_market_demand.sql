-- A range of the index, lest PostgreSQL walk through all skills in search of a rare demand.
-- $1 last id seen  $2 rows  $3 market demand
select id, name, slug, description, category_id,
       (select kind.name from smatrx.skill_categories as kind where kind.id = category_id) as "category_name!",
       tags, market_demand, average_salary, growth_trend, created_at, updated_at
from smatrx.skills
where market_demand >= $3
  and (market_demand, id) < ($3, coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by market_demand desc, id desc
limit $2

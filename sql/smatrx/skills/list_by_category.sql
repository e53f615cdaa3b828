-- $1 last id seen  $2 rows  $3 category, or else $4 its slug  $5 market demand, if only that
select id, name, slug, description, category_id,
       (select kind.name from smatrx.skill_categories as kind where kind.id = category_id) as "category_name!",
       tags, market_demand, average_salary, growth_trend, created_at, updated_at
from smatrx.skills
where category_id = coalesce($3::uuid, (select id from smatrx.skill_categories where slug = $4::text))
  and id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and ($5::smatrx.market_demand is null or market_demand = $5)
order by id desc
limit $2

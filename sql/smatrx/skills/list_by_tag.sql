-- They are found first and sorted then, lest PostgreSQL walk through all skills in search of a rare tag.
-- $1 last id seen  $2 rows  $3 tags, all of them  $4 category, or else $5 its slug, if only that
-- $6 market demand, if only that
with found as materialized (
  select id, name, slug, description, category_id, tags, market_demand, average_salary, growth_trend, created_at,
         updated_at
  from smatrx.skills
  where tags @> $3::text[]
    and ($4::uuid is null and $5::text is null
      or category_id = coalesce($4, (select id from smatrx.skill_categories where slug = $5)))
    and ($6::smatrx.market_demand is null or market_demand = $6)
)
select id, name, slug, description, category_id,
       (select kind.name from smatrx.skill_categories as kind where kind.id = category_id) as "category_name!",
       tags, market_demand, average_salary, growth_trend, created_at, updated_at
from found
where id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $2

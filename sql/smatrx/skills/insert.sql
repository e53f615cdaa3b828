-- $1 who acts  $2 name  $3 slug; null: made from the name  $4 description  $5 category  $6 tags  $7 market demand
-- $8 average salary  $9 growth trend
insert into smatrx.skills
  (name, slug, description, category_id, tags, market_demand, average_salary, growth_trend)
select $2::text, coalesce($3::text, base.slug_of($2::text)), $4, $5, $6, $7, $8, $9
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, name, slug, description, category_id,
          (select kind.name from smatrx.skill_categories as kind where kind.id = category_id) as "category_name!",
          tags, market_demand, average_salary, growth_trend, created_at, updated_at

-- $1 who acts  $2 skill  $3 accepted versions  $4 name  $5 slug; null: made from the name  $6 description  $7 category
-- $8 tags  $9 market demand  $10 average salary  $11 growth trend
update smatrx.skills
set name = $4::text,
    slug = coalesce($5::text, base.slug_of($4::text)),
    description = $6,
    category_id = $7,
    tags = $8,
    market_demand = $9,
    average_salary = $10,
    growth_trend = $11
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, name, slug, description, category_id,
          (select kind.name from smatrx.skill_categories as kind where kind.id = category_id) as "category_name!",
          tags, market_demand, average_salary, growth_trend, created_at, updated_at

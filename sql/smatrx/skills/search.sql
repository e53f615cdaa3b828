-- Skills whose names are like a text, the likest first: the same name, then those that begin with it, then those that
-- share its trigrams. The bar is below PostgreSQL's own, under which two letters that changed places in a short word are
-- found ('pyhton'); the text comes out of the row that sets it, so it is set before anything is compared.
-- $1 text  $2 its beginning, as a pattern  $3 rank and $4 id of the last one seen  $5 rows
-- $6 category, or else $7 its slug, if only that  $8 tags, all of them  $9 market demand, if only that
with asked as materialized (
  select $1::text as text, set_config('pg_trgm.similarity_threshold', '0.25', true)
), found as materialized (
  select skills.id,
         (1000 * (
           case when lower(name) = lower(text) then 2 when starts_with(lower(name), lower(text)) then 1 else 0 end
           + greatest(similarity(name, text), 0.9 * word_similarity(text, name))))::integer as rank
  from asked
  join smatrx.skills on name % text or text <% name or name ilike $2
  where ($6::uuid is null and $7::text is null
      or category_id = coalesce($6, (select id from smatrx.skill_categories where slug = $7)))
    and tags @> $8::text[]
    and ($9::smatrx.market_demand is null or market_demand = $9)
), best as (
  select id, rank
  from found
  where (rank, id)
      < (coalesce($3::integer, 2147483647), coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by rank desc, id desc
  limit $5
)
select best.rank as "rank!", to_jsonb(skill) as "skill!: Skill"
from best
cross join lateral (
  select skills.id, skills.name, skills.slug, skills.description, category_id, category.name as category_name, tags,
         market_demand, average_salary, growth_trend, skills.created_at, skills.updated_at
  from smatrx.skills
  join smatrx.skill_categories as category on category.id = category_id
  where skills.id = best.id
) as skill
order by best.rank desc, best.id desc

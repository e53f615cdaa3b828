-- Skills whose names are like a text, the likest first: the same name, then those that begin with it, then those that
-- share its trigrams. The bar is below PostgreSQL's own, under which two letters that changed places in a short word
-- are found ('pyhton'); the text comes out of the row that sets it, so it is set before anything is compared.
-- $1 text  $2 rank and $3 id of the last one seen  $4 rows  $5 category, or else $6 its slug, if only that
-- $7 tags, all of them, if any  $8 market demand, if only that
with asked as materialized (
  select $1::text as text, set_config('pg_trgm.similarity_threshold', '0.25', true)
), found as materialized (
  select skills.id,
         (1000 * (
           case when lower(name) = lower(text) then 2 when starts_with(lower(name), lower(text)) then 1 else 0 end
           + greatest(similarity(name, text), 0.9 * word_similarity(text, name))))::integer as rank
  from asked
  join smatrx.skills
    on name % text
    or name %> text
    or (lower(name) ~>=~ lower($1) and lower(name) ~<~ (lower($1) || chr(1114111))) -- the last character there is
  where ($5::uuid is null and $6::text is null
      or category_id = coalesce($5, (select id from smatrx.skill_categories where slug = $6)))
    and (cardinality($7::text[]) = 0 or tags @> $7)
    and ($8::smatrx.market_demand is null or market_demand = $8)
), best as (
  select id, rank
  from found
  where (rank, id)
      < (coalesce($2::integer, 2147483647), coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by rank desc, id desc
  limit $4
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

-- Programmes that a text, tags, a country or a category finds, of which the first that is given chooses the index. They are
-- found first and sorted then, lest PostgreSQL walk through all of them in search of rare ones. Of those equally popular or
-- relevant the newest is first.
-- $1 text  $2 tags, all of them  $3 country, or else $4 its code of two letters  $5 category  $6 pathway to residency
-- $7 most cost  $8 most months  $9 whether inactive ones, too  $10 what they are sorted by
-- Where the page before ended: $11 number  $12 name  $13 programme; $14 rows
with asked as materialized (
  select
    websearch_to_tsquery('english', $1::text) as query,
    coalesce($3::uuid, (select id from migratio.countries where alpha2 = $4::text)) as country_id
), candidate as (
  select id
  from migratio.programs
  where search @@ (select query from asked)
  union all
  select id
  from migratio.programs
  where $1 is null
    and cardinality($2::text[]) > 0
    and base.lowered(tags) @> base.lowered($2)
  union all
  select id
  from migratio.programs
  where $1 is null
    and cardinality($2) = 0
    and country_id = (select country_id from asked)
  union all
  select id
  from migratio.programs
  where $1 is null
    and cardinality($2) = 0
    and $3 is null
    and $4 is null
    and lower(category) = lower($5::text)
), best as (
  select programs.id, key.number, key.name, key.newest
  from asked
  cross join candidate
  join migratio.programs on programs.id = candidate.id
  cross join lateral (
    select
      case $10::text
        when 'popularity' then -popularity
        when 'cost' then coalesce(estimated_cost_usd, 'infinity')
        when 'months' then coalesce(estimated_months, 'infinity')
        when 'relevance' then -ts_rank(search, asked.query)
        else 0
      end,
      case $10 when 'name' then programs.name else '' end,
      case when $10 in ('popularity', 'relevance') then programs.id end
    offset 0 -- once for each
  ) as key (number, name, newest)
  where case when $3 is null and $4 is null then true else programs.country_id = asked.country_id end
    and case when cardinality($2) = 0 then true else base.lowered(tags) @> base.lowered($2) end
    and case when $5 is null then true else lower(category) = lower($5) end
    and case when $6::boolean is null then true else pathway_to_residency = $6 end
    and case when $7::double precision is null then true else estimated_cost_usd <= $7 end
    and case when $8::double precision is null then true else estimated_months <= $8 end
    and case when $9::boolean then true else is_active end
    and ((key.number, key.name) > (coalesce($11::double precision, '-infinity'), coalesce($12::text, ''))
      or (key.number, key.name) = ($11, coalesce($12, ''))
        and case when key.newest is null then programs.id > $13::uuid else key.newest < $13 end)
  order by key.number, key.name, key.newest desc, programs.id
  limit $14
)
select best.number as "number!", to_jsonb(program) as "program!: Program"
from best
cross join lateral (
  select id, name, country_id,
         (select country.name from migratio.countries as country where country.id = country_id) as country_name,
         (select country.alpha2 from migratio.countries as country where country.id = country_id) as country_alpha2,
         category, subcategory, description, eligibility_criteria, processing_time, predicted_processing_time, costs,
         array(
           select requirement.id
           from migratio.program_documents as asked
           join migratio.document_requirements as requirement on requirement.id = asked.requirement_id
           where asked.program_id = programs.id
           order by requirement.position, requirement.id) as required_documents,
         application_steps, benefits, limitations, pathway_to_residency, pathway_to_citizenship, official_website,
         last_updated, data_source, popularity, success_rate, predicted_success_rate, post_arrival_support_level,
         tags, is_active, estimated_months, estimated_cost_usd, created_at, updated_at
  from migratio.programs
  where id = best.id
) as program
order by best.number, best.name, best.newest desc, best.id

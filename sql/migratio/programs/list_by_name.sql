-- Filters are cases: of `$4 is null or …` the planner expects next to no rows, and sorts instead of reading in order.
-- By name.
-- $1 last name seen  $2 last id seen  $3 rows
-- $4 pathway to residency  $5 most cost  $6 most months  $7 whether inactive ones, too
select id, name, country_id,
       (select country.name from migratio.countries as country where country.id = country_id) as "country_name!",
       (select country.alpha2 from migratio.countries as country where country.id = country_id) as "country_alpha2!",
       category, subcategory, description, eligibility_criteria, processing_time, predicted_processing_time, costs,
       array(
         select requirement.id
         from migratio.program_documents as asked
         join migratio.document_requirements as requirement on requirement.id = asked.requirement_id
         where asked.program_id = programs.id
         order by requirement.position, requirement.id) as "required_documents!",
       application_steps, benefits, limitations, pathway_to_residency, pathway_to_citizenship, official_website,
       last_updated, data_source, popularity, success_rate, predicted_success_rate, post_arrival_support_level, tags,
       is_active, estimated_months, estimated_cost_usd, created_at, updated_at
from migratio.programs
where (name, id) > (coalesce($1::text, ''), coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'::uuid))
  and case when $4::boolean is null then true else pathway_to_residency = $4 end
  and case when $5::double precision is null then true else estimated_cost_usd <= $5 end
  and case when $6::double precision is null then true else estimated_months <= $6 end
  and case when $7::boolean then true else is_active end
order by name, id
limit $3

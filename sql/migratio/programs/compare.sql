-- In the order in which they were asked for; who is not there is left out.
-- $1 programmes
select programs.id, name, country_id,
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
from unnest($1::uuid[]) with ordinality as wanted (id, place)
join migratio.programs on programs.id = wanted.id
order by wanted.place

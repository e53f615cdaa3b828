-- $1 who acts  $2 name  $3 country  $4 category  $5 subcategory  $6 description  $7 eligibility criteria
-- $8 processing time  $9 predicted processing time  $10 costs  $11 application steps  $12 benefits  $13 limitations
-- $14 pathway to residency  $15 pathway to citizenship  $16 official website  $17 last updated  $18 data source
-- $19 success rate  $20 predicted success rate  $21 post arrival support level  $22 tags  $23 is active
insert into migratio.programs
  (name, country_id, category, subcategory, description, eligibility_criteria, processing_time,
   predicted_processing_time, costs, application_steps, benefits, limitations, pathway_to_residency,
   pathway_to_citizenship, official_website, last_updated, data_source, success_rate, predicted_success_rate,
   post_arrival_support_level, tags, is_active)
select $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, name, country_id,
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
          last_updated, data_source, popularity, success_rate, predicted_success_rate, post_arrival_support_level,
          tags, is_active, estimated_months, estimated_cost_usd, created_at, updated_at

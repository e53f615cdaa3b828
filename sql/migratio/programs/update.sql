-- $1 who acts  $2 programme  $3 accepted versions  $4 name  $5 country  $6 category  $7 subcategory  $8 description
-- $9 eligibility criteria  $10 processing time  $11 predicted processing time  $12 costs  $13 application steps
-- $14 benefits  $15 limitations  $16 pathway to residency  $17 pathway to citizenship  $18 official website
-- $19 last updated  $20 data source  $21 success rate  $22 predicted success rate  $23 post arrival support level
-- $24 tags  $25 is active
update migratio.programs
set name = $4,
    country_id = $5,
    category = $6,
    subcategory = $7,
    description = $8,
    eligibility_criteria = $9,
    processing_time = $10,
    predicted_processing_time = $11,
    costs = $12,
    application_steps = $13,
    benefits = $14,
    limitations = $15,
    pathway_to_residency = $16,
    pathway_to_citizenship = $17,
    official_website = $18,
    last_updated = $19,
    data_source = $20,
    success_rate = $21,
    predicted_success_rate = $22,
    post_arrival_support_level = $23,
    tags = $24,
    is_active = $25
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
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

-- Every programme that may be recommended: open, and in a country that is offered.
select program.id, program.name, program.category, country.id as country_id, country.name as country_name,
       country.alpha2 as country_code, country.languages as country_languages, program.eligibility_criteria,
       program.estimated_months, program.estimated_cost_usd,
       coalesce(
         (program.predicted_success_rate ->> 'baseRate')::double precision,
         (program.success_rate ->> 'rate')::double precision) as base_rate
from migratio.programs as program
join migratio.countries as country on country.id = program.country_id
where program.is_active
  and country.is_active
order by program.id

-- A thousand active programmes of six criteria each in twenty countries, and a profile for everybody of bench.targets.
update migratio.programs set is_active = false;

insert into migratio.countries (name, alpha2, alpha3, languages, economic_info, is_destination_country)
select 'Bench ' || n, 'X' || chr(64 + n), 'XX' || chr(64 + n), '{en}',
       jsonb_build_object('currency', 'X' || chr(64 + n) || 'X', 'usdPerUnit', 0.1 * n), true
from generate_series(1, 20) as n
on conflict (alpha2) do nothing;

insert into migratio.programs
  (country_id, name, category, description, eligibility_criteria, costs, processing_time, success_rate)
select country.id, 'Bench programme ' || n, (array['skilled-worker', 'study', 'family', 'business'])[1 + n % 4],
       repeat('What it is about. ', 20),
       jsonb_build_array(
         jsonb_build_object('criterionType', 'age', 'criterionName', 'Age', 'minValue', 18, 'maxValue', 30 + n % 20,
           'weight', 10, 'isRequired', true),
         jsonb_build_object('criterionType', 'education', 'criterionName', 'Degree', 'minValue', 3 + n % 6,
           'weight', 25, 'isRequired', true),
         jsonb_build_object('criterionType', 'workExperience', 'criterionName', 'Work', 'minValue', n % 8,
           'subject', case when n % 2 = 0 then '2' || n % 10 end, 'weight', 25, 'isRequired', true),
         jsonb_build_object('criterionType', 'language', 'criterionName', 'Language', 'minValue', 1 + n % 6,
           'subject', (array['en', 'fr', 'de'])[1 + n % 3], 'weight', 20, 'isRequired', n % 2 = 0),
         jsonb_build_object('criterionType', 'financial', 'criterionName', 'Funds', 'minValue', 1000 * (n % 40),
           'unit', country.economic_info ->> 'currency', 'weight', 15, 'isRequired', true),
         jsonb_build_object('criterionType', 'other', 'criterionName', 'Violations', 'subject', 'violations',
           'maxValue', 0, 'weight', 5, 'isRequired', true)),
       jsonb_build_array(jsonb_build_object('feeType', 'application', 'amount', 100 + n, 'isRefundable', false,
         'currency', country.economic_info ->> 'currency')),
       jsonb_build_object('averageMonths', 1 + n % 36),
       jsonb_build_object('rate', 0.3 + 0.0005 * n)
from generate_series(1, 1000) as n
join migratio.countries as country on country.alpha2 = 'X' || chr(65 + n % 20);

insert into migratio.profiles
  (user_id, personal_info, education, work_experience, language_proficiency, financial_resources, immigration_history,
   preferences)
select distinct owner, '{"dateOfBirth": "1992-05-17", "nationalities": ["BR"]}'::jsonb,
       '[{"degreeType": "bachelor", "isCompleted": true}, {"degreeType": "master", "isCompleted": true}]'::jsonb,
       (
         select jsonb_agg(jsonb_build_object('jobTitle', 'Engineer', 'employer', 'Employer', 'occupationCode', '2' || n,
           'startDate', make_date(2006 + 2 * n, 3, 5), 'endDate', make_date(2008 + 2 * n, 2, 20)))
         from generate_series(1, 8) as n
       ),
       '[{"language": "en", "proficiencyLevel": "C1"}, {"language": "pt-BR", "proficiencyLevel": "native"}]'::jsonb,
       '{"currency": "XJX", "liquidAssets": 20000}'::jsonb, '{}'::jsonb,
       '{"pathwayTypes": [{"type": "skilled-worker", "preferenceRank": 1}, {"type": "study", "preferenceRank": 2}],
         "timeframe": "twoYears", "budgetRange": {"currency": "XJX", "max": 500}}'::jsonb
from bench.targets
on conflict (user_id) do nothing;

insert into migratio.profile_destinations (user_id, country_id, preference_rank)
select owner.id, country.id, row_number() over (partition by owner.id order by country.alpha2)
from (select distinct owner as id from bench.targets) as owner
cross join migratio.countries as country
where country.alpha2 in ('XA', 'XE', 'XM');

analyze migratio.countries, migratio.programs, migratio.profiles;

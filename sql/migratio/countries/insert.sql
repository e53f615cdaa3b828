-- $1 who acts  $2 name  $3 alpha2  $4 alpha3  $5 region  $6 subregion  $7 flag emoji  $8 capital  $9 languages
-- $10 currencies  $11 immigration website  $12 general info  $13 immigration info  $14 economic info  $15 living info
-- $16 is destination country  $17 is active
insert into migratio.countries
  (name, alpha2, alpha3, region, subregion, flag_emoji, capital, languages, currencies, immigration_website,
   general_info, immigration_info, economic_info, living_info, is_destination_country, is_active)
select $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, name, alpha2, alpha3, region, subregion, flag_emoji, capital, languages, currencies,
          immigration_website, general_info, immigration_info, economic_info, living_info, is_destination_country,
          is_active, created_at, updated_at

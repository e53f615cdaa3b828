-- $1 who acts  $2 country, or else $3 its code of two letters  $4 accepted versions  $5 name  $6 alpha2  $7 alpha3
-- $8 region  $9 subregion  $10 flag emoji  $11 capital  $12 languages  $13 currencies  $14 immigration website
-- $15 general info  $16 immigration info  $17 economic info  $18 living info  $19 is destination country
-- $20 is active
update migratio.countries
set name = $5,
    alpha2 = $6,
    alpha3 = $7,
    region = $8,
    subregion = $9,
    flag_emoji = $10,
    capital = $11,
    languages = $12,
    currencies = $13,
    immigration_website = $14,
    general_info = $15,
    immigration_info = $16,
    economic_info = $17,
    living_info = $18,
    is_destination_country = $19,
    is_active = $20
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = coalesce($2::uuid, (select id from migratio.countries where alpha2 = $3::text))
  and ($4::timestamptz[] is null or updated_at = any ($4))
returning id, name, alpha2, alpha3, region, subregion, flag_emoji, capital, languages, currencies,
          immigration_website, general_info, immigration_info, economic_info, living_info, is_destination_country,
          is_active, created_at, updated_at

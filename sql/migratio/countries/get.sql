-- $1 country, or else $2 its code of two letters
select id, name, alpha2, alpha3, region, subregion, flag_emoji, capital, languages, currencies, immigration_website,
       general_info, immigration_info, economic_info, living_info, is_destination_country, is_active, created_at,
       updated_at
from migratio.countries
where id = coalesce($1::uuid, (select id from migratio.countries where alpha2 = $2::text))

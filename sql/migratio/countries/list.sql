-- By name. There are never more countries than codes of two letters, so what narrows the list is looked for on the way.
-- $1 last name seen  $2 last id seen  $3 rows  $4 pattern of the name  $5 region  $6 is destination country
-- $7 whether inactive ones, too
select id, name, alpha2, alpha3, region, subregion, flag_emoji, capital, languages, currencies, immigration_website,
       general_info, immigration_info, economic_info, living_info, is_destination_country, is_active, created_at,
       updated_at
from migratio.countries
where (name, id) > (coalesce($1::text, ''), coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'::uuid))
  and case when $4::text is null then true else name ilike $4 end
  and case when $5::text is null then true else lower(region) = lower($5) end
  and case when $6::boolean is null then true else is_destination_country = $6 end
  and case when $7::boolean then true else is_active end
order by name, id
limit $3

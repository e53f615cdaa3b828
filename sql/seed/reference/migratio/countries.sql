-- A country that is there by a code of its own, because content managers added it, stays as it is.
-- $1 the countries
insert into migratio.countries
  (id, name, alpha2, alpha3, region, subregion, flag_emoji, capital, languages, currencies, immigration_website,
   general_info, immigration_info, economic_info, living_info, is_destination_country, created_at, updated_at)
select country.id,
       country.name,
       country.alpha2,
       country.alpha3,
       country.region,
       country.subregion,
       country."flagEmoji",
       country.capital,
       country.languages,
       country.currencies,
       country."immigrationWebsite",
       coalesce(country."generalInfo", '{}'),
       coalesce(country."immigrationInfo", '{}'),
       country."economicInfo",
       coalesce(country."livingInfo", '{}'),
       country."isDestinationCountry",
       since.made,
       since.made
from jsonb_to_recordset($1::jsonb) as country (
  id uuid,
  name text,
  alpha2 text,
  alpha3 text,
  region text,
  subregion text,
  "flagEmoji" text,
  capital text,
  languages text[],
  currencies jsonb,
  "immigrationWebsite" text,
  "generalInfo" jsonb,
  "immigrationInfo" jsonb,
  "economicInfo" jsonb,
  "livingInfo" jsonb,
  "isDestinationCountry" boolean)
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

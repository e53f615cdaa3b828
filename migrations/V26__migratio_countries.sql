-- Where one may go, and what one may be there: the countries of the world and the codes of occupations. All read
-- them, content managers write.

create type migratio.occupation_system as enum ('ISCO', 'NOC', 'ANZSCO', 'SOC', 'other');
comment on type migratio.occupation_system is 'The classification that an occupation code is of.';

create table migratio.countries (
  id uuid not null default base.uuid_v7(),
  name base.line not null,
  alpha2 text not null,
  alpha3 text not null,
  region base.line,
  subregion base.line,
  flag_emoji text,
  capital base.line,
  languages base.tags not null default '{}',
  currencies base.json_array not null default '[]',
  immigration_website base.url,
  general_info base.json_object not null default '{}',
  immigration_info base.json_object not null default '{}',
  economic_info base.json_object not null default '{}',
  living_info base.json_object not null default '{}',
  is_destination_country boolean not null default false,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint countries_pkey primary key (id),
  constraint countries_alpha2_key unique (alpha2),
  constraint countries_alpha3_key unique (alpha3),
  constraint countries_alpha2_check check (alpha2 ~ '^[A-Z]{2}$'),
  constraint countries_alpha3_check check (alpha3 ~ '^[A-Z]{3}$'),
  constraint countries_flag_emoji_check check (char_length(flag_emoji) between 1 and 16),
  constraint countries_currencies_check check (
    jsonb_array_length(currencies) <= 20
    and jsonb_array_length(currencies) = jsonb_array_length(jsonb_path_query_array(currencies,
      'strict $[*] ? (@.type() == "object" && @.code like_regex "^[A-Z]{3}$")'))),
  constraint countries_economic_info_check check (
    coalesce((economic_info ->> 'usdPerUnit')::double precision > 0, true))
);

comment on table migratio.countries is 'A country of ISO 3166-1. A catalogue: nobody''s own.';
comment on column migratio.countries.id is 'The country.';
comment on column migratio.countries.name is 'What it is called in English.';
comment on column migratio.countries.alpha2 is 'Its code of two letters, ISO 3166-1 alpha-2; unique.';
comment on column migratio.countries.alpha3 is 'Its code of three letters, ISO 3166-1 alpha-3; unique.';
comment on column migratio.countries.region is 'The part of the world it is in, after UN M49.';
comment on column migratio.countries.subregion is 'The part of that region, after UN M49.';
comment on column migratio.countries.flag_emoji is 'Its flag, two regional indicators.';
comment on column migratio.countries.capital is 'Its capital; null: it has none.';
comment on column migratio.countries.languages is 'The languages spoken there officially, as tags of BCP 47.';
comment on column migratio.countries.currencies is
  'What is paid with there: a JSON array of at most 20 objects of code (ISO 4217), name, symbol.';
comment on column migratio.countries.immigration_website is 'Where its authorities tell of immigration.';
comment on column migratio.countries.general_info is
  'About the country: a JSON object of population, areaKm2, callingCode, timezones, government, climate.';
comment on column migratio.countries.immigration_info is
  'About immigration: a JSON object of authority, overview, pointsBased, dualCitizenship, yearsToResidency, '
  'yearsToCitizenship.';
comment on column migratio.countries.economic_info is
  'About its economy: a JSON object of currency, usdPerUnit, gdpPerCapitaUsd, unemploymentRate, '
  'averageSalaryUsd, inDemandSectors.';
comment on column migratio.countries.living_info is
  'About living there: a JSON object of costOfLivingIndex, averageRentUsd, healthcare, education, safety.';
comment on column migratio.countries.is_destination_country is 'Whether there are programmes that lead there.';
comment on column migratio.countries.is_active is 'Whether it is offered to choose from.';
comment on column migratio.countries.created_at is 'When it was added.';
comment on column migratio.countries.updated_at is 'When the row last changed; strictly increasing.';

create index countries_name_id_idx on migratio.countries (name, id);
create index countries_currency_idx on migratio.countries ((economic_info ->> 'currency'), alpha2);

create trigger countries_touch
before update on migratio.countries
for each row execute function base.touch_updated_at();
select audit.attach('migratio.countries');

create function migratio.usd_per_unit(currency text) returns double precision
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if currency = 'USD' then
    return 1;
  end if;
  return (
    select (economic_info ->> 'usdPerUnit')::double precision
    from migratio.countries
    where economic_info ->> 'currency' = currency
      and economic_info ->> 'usdPerUnit' is not null
    order by alpha2
    limit 1);
end
$$;
comment on function migratio.usd_per_unit(text) is
  'What a unit of a currency is worth in US dollars, as the first country says that pays with it; null: none '
  'does.';
grant execute on function migratio.usd_per_unit(text) to trellis_app, trellis_readonly;

create function migratio.occupation_search(title text, alternative_titles text[], keywords text[]) returns tsvector
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return setweight(to_tsvector('english', title), 'A')
    || setweight(to_tsvector('english', array_to_string(alternative_titles, ' ')), 'B')
    || setweight(to_tsvector('english', array_to_string(keywords, ' ')), 'C');
end
$$;
comment on function migratio.occupation_search(text, text[], text[]) is
  'What an occupation is found by: the words of its title, then of its other titles, then its keywords.';
grant execute on function migratio.occupation_search(text, text[], text[]) to trellis_app;

create table migratio.occupation_codes (
  id uuid not null default base.uuid_v7(),
  system migratio.occupation_system not null,
  code base.line not null,
  title base.line not null,
  description base.prose,
  parent_code base.line,
  skill_level integer,
  alternative_titles base.tags not null default '{}',
  keywords base.tags not null default '{}',
  regulated_profession boolean not null default false,
  search tsvector not null generated always as (
    migratio.occupation_search(title, alternative_titles, keywords)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint occupation_codes_pkey primary key (id),
  constraint occupation_codes_system_code_key unique (system, code),
  constraint occupation_codes_skill_level_check check (skill_level between 0 and 9)
);

comment on table migratio.occupation_codes is
  'An occupation, as a classification names it. A catalogue: nobody''s own.';
comment on column migratio.occupation_codes.id is 'The occupation code.';
comment on column migratio.occupation_codes.system is 'The classification.';
comment on column migratio.occupation_codes.code is 'Its code there; unique in the classification.';
comment on column migratio.occupation_codes.title is 'What it is called there.';
comment on column migratio.occupation_codes.description is 'What is done in it.';
comment on column migratio.occupation_codes.parent_code is
  'The code of the group it is in; the group need not be here.';
comment on column migratio.occupation_codes.skill_level is
  'The level of skill that the classification gives it, 0 to 9.';
comment on column migratio.occupation_codes.alternative_titles is 'What else it is called.';
comment on column migratio.occupation_codes.keywords is 'What else it is found by.';
comment on column migratio.occupation_codes.regulated_profession is 'Whether a licence is usually needed.';
comment on column migratio.occupation_codes.search is
  'The words that it is found by; see migratio.occupation_search().';
comment on column migratio.occupation_codes.created_at is 'When it was added.';
comment on column migratio.occupation_codes.updated_at is 'When the row last changed; strictly increasing.';

create index occupation_codes_search_idx on migratio.occupation_codes using gin (search) with (fastupdate = off);

create trigger occupation_codes_touch
before update on migratio.occupation_codes
for each row execute function base.touch_updated_at();
select audit.attach('migratio.occupation_codes', array['search']);

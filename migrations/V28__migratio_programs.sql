-- The ways to immigrate: programmes with what they ask for, what they cost and how long they take. All read them,
-- content managers write.

create type migratio.phase_name as enum (
  'Planning', 'ApplicationPrep', 'SubmissionWaiting', 'PostArrival', 'Integration');
comment on type migratio.phase_name is 'A part of the way, in order.';

create function migratio.program_search(name text, category text, subcategory text, tags text[], description text)
returns tsvector
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return setweight(to_tsvector('english', name), 'A')
    || setweight(to_tsvector('english', concat_ws(' ', category, subcategory, array_to_string(tags, ' '))), 'B')
    || setweight(to_tsvector('english', coalesce(description, '')), 'C');
end
$$;
comment on function migratio.program_search(text, text, text, text[], text) is
  'What a programme is found by: the words of its name, then of its categories and tags, then of its '
  'description.';
grant execute on function migratio.program_search(text, text, text, text[], text) to trellis_app;

create function migratio.cost_in_usd(costs jsonb) returns double precision
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select case
      when count(*) = 0 then null
      when bool_and(rate is not null)
        then round(sum((cost ->> 'amount')::double precision * rate)::numeric, 2)::double precision
    end
    from jsonb_array_elements(costs) as cost
    cross join lateral migratio.usd_per_unit(cost ->> 'currency') as rate);
end
$$;
comment on function migratio.cost_in_usd(jsonb) is
  'What a programme''s costs come to in US dollars, to the cent; null: none are known, or one is in a currency without a rate.';
grant execute on function migratio.cost_in_usd(jsonb) to trellis_app, trellis_readonly;

create table migratio.programs (
  id uuid not null default base.uuid_v7(),
  name base.line not null,
  country_id uuid not null,
  category base.line not null,
  subcategory base.line,
  description base.long_text,
  eligibility_criteria base.json_array not null default '[]',
  processing_time base.json_object,
  predicted_processing_time base.json_object,
  costs base.json_array not null default '[]',
  application_steps base.json_array not null default '[]',
  benefits base.lines not null default '{}',
  limitations base.lines not null default '{}',
  pathway_to_residency boolean not null default false,
  pathway_to_citizenship boolean not null default false,
  official_website base.url,
  last_updated date,
  data_source base.line,
  popularity integer not null default 0,
  success_rate base.json_object,
  predicted_success_rate base.json_object,
  post_arrival_support_level integer,
  tags base.tags not null default '{}',
  is_active boolean not null default true,
  estimated_months double precision generated always as (coalesce(
    (predicted_processing_time ->> 'estimateMonths')::double precision,
    (processing_time ->> 'averageMonths')::double precision,
    (processing_time ->> 'maxMonths')::double precision,
    (processing_time ->> 'minMonths')::double precision)) stored,
  estimated_cost_usd double precision,
  search tsvector not null generated always as (
    migratio.program_search(name, category, subcategory, tags, description)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint programs_pkey primary key (id),
  constraint programs_country_id_fkey foreign key (country_id)
    references migratio.countries (id) on delete restrict,
  constraint programs_eligibility_criteria_check check (
    jsonb_array_length(eligibility_criteria) <= 50
    and jsonb_array_length(eligibility_criteria) = jsonb_array_length(jsonb_path_query_array(eligibility_criteria,
      'strict $[*] ? (@.type() == "object" && @.criterionName.type() == "string"
        && (@.criterionType == "age" || @.criterionType == "education" || @.criterionType == "workExperience"
          || @.criterionType == "language" || @.criterionType == "financial" || @.criterionType == "family"
          || @.criterionType == "other")
        && @.weight >= 0 && @.weight <= 100 && @.isRequired.type() == "boolean")'))),
  constraint programs_costs_check check (
    jsonb_array_length(costs) <= 50
    and jsonb_array_length(costs) = jsonb_array_length(jsonb_path_query_array(costs,
      'strict $[*] ? (@.type() == "object" && @.feeType.type() == "string" && @.amount >= 0
        && @.amount <= 1000000000 && @.currency like_regex "^[A-Z]{3}$")'))),
  constraint programs_application_steps_check check (
    jsonb_array_length(application_steps) <= 50
    and jsonb_array_length(application_steps) = jsonb_array_length(jsonb_path_query_array(application_steps,
      'strict $[*] ? (@.type() == "object" && @.title.type() == "string")'))),
  constraint programs_success_rate_check check (
    coalesce((success_rate ->> 'rate')::double precision between 0 and 1, true)),
  constraint programs_predicted_success_rate_check check (
    coalesce((predicted_success_rate ->> 'baseRate')::double precision between 0 and 1, true)),
  constraint programs_post_arrival_support_level_check check (post_arrival_support_level between 1 and 3),
  constraint programs_popularity_check check (popularity >= 0)
);

comment on table migratio.programs is 'A way to immigrate that a country offers. A catalogue: nobody''s own.';
comment on column migratio.programs.id is 'The programme.';
comment on column migratio.programs.name is 'What it is called; unique in the country, whatever the case.';
comment on column migratio.programs.country_id is 'The country it leads to.';
comment on column migratio.programs.category is
  'What kind it is, such as skilled-worker, family, study; people want pathways of these types.';
comment on column migratio.programs.subcategory is 'What kind of that.';
comment on column migratio.programs.description is 'What it is about.';
comment on column migratio.programs.eligibility_criteria is
  'What is asked of who applies: a JSON array of at most 50 objects of criterionType, criterionName, subject, '
  'minValue, maxValue, unit, weight, isRequired.';
comment on column migratio.programs.processing_time is
  'How long it takes: a JSON object of minMonths, maxMonths, averageMonths, source, lastVerified.';
comment on column migratio.programs.predicted_processing_time is
  'How long it is predicted to take: a JSON object of estimateMonths, confidence, lastCalculated, modelUsed.';
comment on column migratio.programs.costs is
  'What it costs: a JSON array of at most 50 objects of feeType, amount, currency, isRefundable.';
comment on column migratio.programs.application_steps is
  'What is to be done: a JSON array of at most 50 objects of title, description, phase, estimatedDays, url, in '
  'order.';
comment on column migratio.programs.benefits is 'What speaks for it.';
comment on column migratio.programs.limitations is 'What speaks against it.';
comment on column migratio.programs.pathway_to_residency is 'Whether it leads to permanent residency.';
comment on column migratio.programs.pathway_to_citizenship is 'Whether it leads to citizenship.';
comment on column migratio.programs.official_website is 'Where the authorities tell of it.';
comment on column migratio.programs.last_updated is 'When what is said here was last verified.';
comment on column migratio.programs.data_source is 'Where it is from.';
comment on column migratio.programs.popularity is 'How many roadmaps there are to it; counted by the database.';
comment on column migratio.programs.success_rate is 'How many succeeded: a JSON object of rate, source, year, notes.';
comment on column migratio.programs.predicted_success_rate is
  'How many are predicted to succeed, whoever applies: a JSON object of baseRate, confidence, lastCalculated, '
  'modelUsed.';
comment on column migratio.programs.post_arrival_support_level is
  'How much support there is after arrival, 1 (little) to 3.';
comment on column migratio.programs.tags is 'What else it is found by.';
comment on column migratio.programs.is_active is 'Whether it is open: only then it is recommended.';
comment on column migratio.programs.estimated_months is
  'How many months it takes: as predicted, else on average, else at most, else at least; null: nobody knows.';
comment on column migratio.programs.estimated_cost_usd is
  'What all its costs come to in US dollars; null: not known. Kept by the database.';
comment on column migratio.programs.search is 'The words that it is found by; see migratio.program_search().';
comment on column migratio.programs.created_at is 'When it was added.';
comment on column migratio.programs.updated_at is 'When the row last changed; strictly increasing.';

create unique index programs_country_id_name_key on migratio.programs (country_id, lower(name));
create index programs_name_id_idx on migratio.programs (name, id);
create index programs_popularity_id_idx on migratio.programs (popularity, id);
create index programs_estimated_cost_usd_id_idx on migratio.programs
  (coalesce(estimated_cost_usd, 'infinity'::double precision), id);
create index programs_estimated_months_id_idx on migratio.programs
  (coalesce(estimated_months, 'infinity'::double precision), id);
create index programs_category_id_idx on migratio.programs (lower(category), id);
create index programs_active_idx on migratio.programs (id) where is_active;
create index programs_tags_idx on migratio.programs using gin (base.lowered(tags)) with (fastupdate = off);
create index programs_eligibility_criteria_idx on migratio.programs
  using gin (eligibility_criteria jsonb_path_ops) with (fastupdate = off);
create index programs_search_idx on migratio.programs using gin (search) with (fastupdate = off);

create trigger programs_touch
before update on migratio.programs
for each row execute function base.touch_updated_at();
select audit.attach('migratio.programs', array['search', 'estimated_months', 'estimated_cost_usd', 'popularity']);

create function migratio.estimate_cost() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.estimated_cost_usd := migratio.cost_in_usd(new.costs);
  return new;
end
$$;
comment on function migratio.estimate_cost() is 'Before a programme is written: what its costs come to.';

create function migratio.hold_rates() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_table_name = 'countries' then
    perform pg_advisory_xact_lock(hashtextextended('migratio.rates', 0));
  else
    perform pg_advisory_xact_lock_shared(hashtextextended('migratio.rates', 0));
  end if;
  return null;
end
$$;
comment on function migratio.hold_rates() is
  'Before countries or the costs of programmes are written: nobody estimates a cost while rates change, lest either '
  'miss the other.';

create function migratio.follow_rate() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  dearer uuid[];
begin
  dearer := array(
    select id
    from migratio.programs
    where costs @> jsonb_build_array(jsonb_build_object('currency', new.economic_info ->> 'currency'))
      or costs @> jsonb_build_array(jsonb_build_object('currency', old.economic_info ->> 'currency'))
    order by id
    for no key update);
  update migratio.programs
  set costs = costs
  where id = any (dearer);
  return null;
end
$$;
comment on function migratio.follow_rate() is
  'After a country came or went, pays otherwise, or its money is worth something else: what programmes cost is '
  'estimated again.';

create trigger countries_hold_rates
before insert or delete or update of alpha2, economic_info on migratio.countries
for each statement execute function migratio.hold_rates();
create trigger programs_hold_rates
before insert or update of costs on migratio.programs
for each statement execute function migratio.hold_rates();

create trigger countries_rate
after update on migratio.countries
for each row when (
  (old.alpha2, old.economic_info -> 'currency', old.economic_info -> 'usdPerUnit')
  is distinct from (new.alpha2, new.economic_info -> 'currency', new.economic_info -> 'usdPerUnit'))
execute function migratio.follow_rate();
create trigger countries_rate_known
after insert or delete on migratio.countries
for each row execute function migratio.follow_rate();
create trigger programs_estimate_cost
before insert or update on migratio.programs
for each row execute function migratio.estimate_cost();

create trigger programs_popularity_kept
before update of popularity on migratio.programs
for each row when (pg_trigger_depth() = 0)
execute function base.refuse_change('popularity is counted by the database');

create table migratio.document_types (
  id uuid not null default base.uuid_v7(),
  code base.code not null,
  name base.line not null,
  category base.line not null,
  accepted_file_types text[] not null default '{}',
  max_file_size_bytes bigint,
  expires boolean not null default false,
  validity_months integer,
  guidance base.json_object not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint document_types_pkey primary key (id),
  constraint document_types_code_key unique (code),
  constraint document_types_accepted_file_types_check check (
    cardinality(accepted_file_types) <= 20 and base.fits(accepted_file_types, 127)),
  constraint document_types_max_file_size_bytes_check check (max_file_size_bytes between 1 and 1073741824),
  constraint document_types_validity_months_check check (validity_months between 1 and 600)
);

comment on table migratio.document_types is 'A kind of document that authorities ask for. A catalogue: nobody''s own.';
comment on column migratio.document_types.id is 'The kind of document.';
comment on column migratio.document_types.code is 'What programs call it; unique.';
comment on column migratio.document_types.name is 'What it is called.';
comment on column migratio.document_types.category is 'What kind it is: identity, education, employment, financial, …';
comment on column migratio.document_types.accepted_file_types is
  'The media types that its files may have, at most 20; empty: any.';
comment on column migratio.document_types.max_file_size_bytes is
  'How large its files may be, in bytes, 1 to 1 GiB; null: no limit but that.';
comment on column migratio.document_types.expires is 'Whether it is good until a day that it names.';
comment on column migratio.document_types.validity_months is
  'How long it is good after it was issued, 1 to 600 months; null: as it says itself, or for ever.';
comment on column migratio.document_types.guidance is
  'How to get it: a JSON object of description, tips, sampleUrl, issuingAuthority.';
comment on column migratio.document_types.created_at is 'When it was added.';
comment on column migratio.document_types.updated_at is 'When the row last changed; strictly increasing.';

create index document_types_category_id_idx on migratio.document_types (category, id);

create trigger document_types_touch
before update on migratio.document_types
for each row execute function base.touch_updated_at();
select audit.attach('migratio.document_types');

create table migratio.document_requirements (
  id uuid not null default base.uuid_v7(),
  program_id uuid not null,
  document_type_id uuid not null,
  name base.line not null,
  description base.prose,
  is_required boolean not null default true,
  stage migratio.phase_name not null default 'ApplicationPrep',
  fees base.json_object,
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint document_requirements_pkey primary key (id),
  constraint document_requirements_program_id_fkey foreign key (program_id)
    references migratio.programs (id) on delete cascade,
  constraint document_requirements_document_type_id_fkey foreign key (document_type_id)
    references migratio.document_types (id) on delete restrict,
  constraint document_requirements_position_check check (position between 0 and 10000)
);

comment on table migratio.document_requirements is 'A document that a programme asks for.';
comment on column migratio.document_requirements.id is 'The requirement.';
comment on column migratio.document_requirements.program_id is 'The programme that defines it.';
comment on column migratio.document_requirements.document_type_id is 'What kind of document it is.';
comment on column migratio.document_requirements.name is 'What is asked for, in the programme''s words.';
comment on column migratio.document_requirements.description is 'What to look out for.';
comment on column migratio.document_requirements.is_required is 'Whether there is no way without it.';
comment on column migratio.document_requirements.stage is 'The part of the way in which it is needed.';
comment on column migratio.document_requirements.fees is 'What it costs: a JSON object of amount, currency, notes.';
comment on column migratio.document_requirements.position is 'Its place among the programme''s documents, 0 to 10,000.';
comment on column migratio.document_requirements.created_at is 'When it was added.';
comment on column migratio.document_requirements.updated_at is 'When the row last changed; strictly increasing.';

create index document_requirements_program_id_position_id_idx
  on migratio.document_requirements (program_id, position, id);
create index document_requirements_document_type_id_idx on migratio.document_requirements (document_type_id);

create trigger document_requirements_touch
before update on migratio.document_requirements
for each row execute function base.touch_updated_at();
select audit.attach('migratio.document_requirements');

create table migratio.program_documents (
  program_id uuid not null,
  requirement_id uuid not null,
  created_at timestamptz not null default now(),
  constraint program_documents_pkey primary key (program_id, requirement_id),
  constraint program_documents_program_id_fkey foreign key (program_id)
    references migratio.programs (id) on delete cascade,
  constraint program_documents_requirement_id_fkey foreign key (requirement_id)
    references migratio.document_requirements (id) on delete cascade
);

comment on table migratio.program_documents is
  'What a programme asks for: its own requirements, and those it shares with another programme.';
comment on column migratio.program_documents.program_id is 'The programme.';
comment on column migratio.program_documents.requirement_id is 'What it asks for.';
comment on column migratio.program_documents.created_at is 'Since when.';

create index program_documents_requirement_id_idx on migratio.program_documents (requirement_id);

select audit.attach('migratio.program_documents');

create function migratio.ask_for() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into migratio.program_documents (program_id, requirement_id)
  values (new.program_id, new.id);
  return null;
end
$$;
comment on function migratio.ask_for() is 'After a requirement was defined: its programme asks for it.';

create trigger document_requirements_ask_for
after insert on migratio.document_requirements
for each row execute function migratio.ask_for();

create trigger document_requirements_program
before update of program_id on migratio.document_requirements
for each row when (old.program_id <> new.program_id)
execute function base.refuse_change('a requirement stays with the programme that defined it');

create function migratio.keep_own_requirement() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select
    from migratio.document_requirements
    join migratio.programs on programs.id = program_id
    where document_requirements.id = old.requirement_id
      and program_id = old.program_id
  ) then
    raise exception 'the programme defines this requirement: delete it instead'
      using errcode = 'TR409',
        schema = tg_table_schema, table = tg_table_name, constraint = tg_name;
  end if;
  return old;
end
$$;
comment on function migratio.keep_own_requirement() is
  'Before a programme no longer asks for something: it cannot but ask for what it defines itself, while both are '
  'there (TR409).';

create trigger program_documents_keep_own
before delete on migratio.program_documents
for each row execute function migratio.keep_own_requirement();

create function migratio.touch_programs() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  touched uuid[];
begin
  if tg_table_name = 'countries' then
    touched := array(select id from migratio.programs where country_id = new.id);
  elsif tg_table_name = 'document_requirements' then
    touched := array(select program_id from migratio.program_documents where requirement_id = new.id);
  else
    touched := array[coalesce(new.program_id, old.program_id)];
  end if;
  perform
  from migratio.programs
  where id = any (touched)
  order by id
  for no key update;
  update migratio.programs
  set name = name
  where id = any (touched);
  return null;
end
$$;
comment on function migratio.touch_programs() is
  'After what programmes show besides their own columns changed, such as what they ask for: so have they, for who '
  'reads them by their entity tag.';

create trigger program_documents_touch
after insert or delete on migratio.program_documents
for each row execute function migratio.touch_programs();
create trigger document_requirements_touch_programs
after update of position on migratio.document_requirements
for each row when (old.position <> new.position)
execute function migratio.touch_programs();
create trigger countries_touch_programs
after update of name, alpha2 on migratio.countries
for each row when ((old.name, old.alpha2) is distinct from (new.name, new.alpha2))
execute function migratio.touch_programs();

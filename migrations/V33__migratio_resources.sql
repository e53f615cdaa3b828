-- What helps on the way: articles, guides, courses. All find them, members who pay read the premium ones, content
-- managers write.

create type migratio.resource_type as enum ('article', 'video', 'checklist', 'template', 'guide', 'webinar', 'course');
comment on type migratio.resource_type is 'What kind of thing a resource is.';

create type migratio.journey_stage as enum ('planning', 'assessment', 'application', 'settlement', 'general');
comment on type migratio.journey_stage is 'Where on the way something is of use.';

create type migratio.target_expertise_level as enum ('beginner', 'intermediate', 'advanced', 'any');
comment on type migratio.target_expertise_level is 'Whom something is for.';

create function migratio.resource_search(title text, tags text[], description text) returns tsvector
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return setweight(to_tsvector('english', title), 'A')
    || setweight(to_tsvector('english', array_to_string(tags, ' ')), 'B')
    || setweight(to_tsvector('english', coalesce(description, '')), 'C');
end
$$;
comment on function migratio.resource_search(text, text[], text) is
  'What a resource is found by: the words of its title, then of its tags, then of its description.';
grant execute on function migratio.resource_search(text, text[], text) to trellis_app;

create table migratio.resources (
  id uuid not null default base.uuid_v7(),
  title base.line not null,
  description base.prose,
  resource_type migratio.resource_type not null,
  content_url base.url,
  content_body base.long_text,
  thumbnail_url base.url,
  journey_stage migratio.journey_stage[] not null default '{general}',
  target_expertise_level migratio.target_expertise_level not null default 'any',
  tags base.tags not null default '{}',
  author_id uuid,
  view_count bigint not null default 0,
  average_rating double precision,
  is_premium boolean not null default false,
  language base.language not null default 'en',
  search tsvector not null generated always as (
    migratio.resource_search(title, tags, description)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint resources_pkey primary key (id),
  constraint resources_author_id_fkey foreign key (author_id)
    references identity.users (id) on delete set null,
  constraint resources_journey_stage_check check (cardinality(journey_stage) between 1 and 5),
  constraint resources_average_rating_check check (average_rating between 1 and 5),
  constraint resources_view_count_check check (view_count >= 0),
  constraint resources_content_url_check check (num_nonnulls(content_url, nullif(content_body, '')) >= 1)
);

comment on table migratio.resources is 'Something to read, to watch or to fill in. A catalogue: nobody''s own.';
comment on column migratio.resources.id is 'The resource.';
comment on column migratio.resources.title is 'What it is called.';
comment on column migratio.resources.description is 'What it is about.';
comment on column migratio.resources.resource_type is 'What kind of thing it is.';
comment on column migratio.resources.content_url is 'Where it is, if it is elsewhere.';
comment on column migratio.resources.content_body is 'What it says, if it is kept here.';
comment on column migratio.resources.thumbnail_url is 'A small picture of it.';
comment on column migratio.resources.journey_stage is 'Where on the way it is of use; one stage or more.';
comment on column migratio.resources.target_expertise_level is 'Whom it is for.';
comment on column migratio.resources.tags is 'What else it is found by.';
comment on column migratio.resources.author_id is 'Who wrote it; null: their account is gone.';
comment on column migratio.resources.view_count is
  'How often it was read; counted by the database, and no change of the row.';
comment on column migratio.resources.average_rating is 'What readers think of it, 1 to 5; null: nobody was asked.';
comment on column migratio.resources.is_premium is 'Whether it is for those alone who pay.';
comment on column migratio.resources.language is 'The language it is in, as a tag of BCP 47.';
comment on column migratio.resources.search is 'The words that it is found by; see migratio.resource_search().';
comment on column migratio.resources.created_at is 'When it was written.';
comment on column migratio.resources.updated_at is 'When the row last changed; strictly increasing.';

create index resources_author_id_idx on migratio.resources (author_id);
create index resources_target_expertise_level_id_idx on migratio.resources (target_expertise_level, id);
create index resources_journey_stage_idx on migratio.resources using gin (journey_stage) with (fastupdate = off);
create index resources_tags_idx on migratio.resources using gin (base.lowered(tags)) with (fastupdate = off);
create index resources_search_idx on migratio.resources using gin (search) with (fastupdate = off);
create trigger resources_touch
before update of title, description, resource_type, content_url, content_body, thumbnail_url, journey_stage,
  target_expertise_level, tags, author_id, average_rating, is_premium, language
on migratio.resources
for each row execute function base.touch_updated_at();

select audit.attach('migratio.resources', array['search', 'view_count']);

create table migratio.resource_countries (
  resource_id uuid not null,
  country_id uuid not null,
  created_at timestamptz not null default now(),
  constraint resource_countries_pkey primary key (resource_id, country_id),
  constraint resource_countries_resource_id_fkey foreign key (resource_id)
    references migratio.resources (id) on delete cascade,
  constraint resource_countries_country_id_fkey foreign key (country_id)
    references migratio.countries (id) on delete cascade
);

comment on table migratio.resource_countries is 'A country that a resource is about.';
comment on column migratio.resource_countries.resource_id is 'The resource.';
comment on column migratio.resource_countries.country_id is 'The country.';
comment on column migratio.resource_countries.created_at is 'Since when.';

create index resource_countries_country_id_idx on migratio.resource_countries (country_id);

select audit.attach('migratio.resource_countries');

create table migratio.resource_programs (
  resource_id uuid not null,
  program_id uuid not null,
  created_at timestamptz not null default now(),
  constraint resource_programs_pkey primary key (resource_id, program_id),
  constraint resource_programs_resource_id_fkey foreign key (resource_id)
    references migratio.resources (id) on delete cascade,
  constraint resource_programs_program_id_fkey foreign key (program_id)
    references migratio.programs (id) on delete cascade
);

comment on table migratio.resource_programs is 'A programme that a resource is about.';
comment on column migratio.resource_programs.resource_id is 'The resource.';
comment on column migratio.resource_programs.program_id is 'The programme.';
comment on column migratio.resource_programs.created_at is 'Since when.';

create index resource_programs_program_id_idx on migratio.resource_programs (program_id);

select audit.attach('migratio.resource_programs');

create function migratio.relate_resource(resource uuid, inout countries uuid[], inout programs uuid[])
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Whoever calls it has the resource's row, so that of changes at the same time the last one holds.
  delete from migratio.resource_countries
  where resource_id = resource
    and country_id <> all (countries);
  delete from migratio.resource_programs
  where resource_id = resource
    and program_id <> all (programs);
  countries := array(select distinct wanted from unnest(countries) as wanted order by wanted);
  programs := array(select distinct wanted from unnest(programs) as wanted order by wanted);
  insert into migratio.resource_countries (resource_id, country_id)
  select resource, wanted
  from unnest(countries) as wanted
  on conflict do nothing;
  insert into migratio.resource_programs (resource_id, program_id)
  select resource, wanted
  from unnest(programs) as wanted
  on conflict do nothing;
end
$$;
comment on function migratio.relate_resource(uuid, uuid[], uuid[]) is
  'Says which countries and programmes a resource that is being written is about; tells them, each once, in order.';
grant execute on function migratio.relate_resource(uuid, uuid[], uuid[]) to trellis_app;

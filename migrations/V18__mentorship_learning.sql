-- Learning paths with everybody's progress on them, and resources with what is said about them.

create type mentorship.resource_type as enum ('meditation', 'guidebook', 'story', 'course', 'virtual_session');
comment on type mentorship.resource_type is 'What kind of thing a resource is.';

create function mentorship.module_ids(modules jsonb) returns text[]
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return array(select module ->> 'id' from jsonb_array_elements(modules) as module);
end
$$;
comment on function mentorship.module_ids(jsonb) is 'The ids of a learning path''s modules, in their order.';
grant execute on function mentorship.module_ids(jsonb) to trellis_app;

create function mentorship.distinct_ids(modules jsonb) returns boolean
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select count(distinct id) = count(*) from unnest(mentorship.module_ids(modules)) as id);
end
$$;
comment on function mentorship.distinct_ids(jsonb) is 'Whether each of a learning path''s modules has an id of its own.';
grant execute on function mentorship.distinct_ids(jsonb) to trellis_app;

create table mentorship.learning_paths (
  id uuid not null default base.uuid_v7(),
  title base.line not null,
  category base.line not null,
  description base.prose,
  modules base.json_array not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint learning_paths_pkey primary key (id),
  constraint learning_paths_modules_check check (
    jsonb_array_length(modules) <= 100
    and jsonb_array_length(modules) = jsonb_array_length(jsonb_path_query_array(modules,
      'strict $[*] ? (@.type() == "object" && @.id like_regex "^[a-z0-9]+(-[a-z0-9]+)*$"
        && @.title.type() == "string" && @.minutes >= 1 && @.minutes <= 10000)'))),
  constraint learning_paths_modules_distinct_check check (mentorship.distinct_ids(modules))
);

comment on table mentorship.learning_paths is 'What somebody may learn, step by step. A catalogue: nobody''s own.';
comment on column mentorship.learning_paths.id is 'The learning path.';
comment on column mentorship.learning_paths.title is 'What it is called.';
comment on column mentorship.learning_paths.category is 'What kind it is: leadership, technical, …';
comment on column mentorship.learning_paths.description is 'What is learned.';
comment on column mentorship.learning_paths.modules is
  'Its steps: a JSON array of at most 100 objects of id (a slug, distinct), title, minutes (1 to 10,000), url.';
comment on column mentorship.learning_paths.created_at is 'When it was made.';
comment on column mentorship.learning_paths.updated_at is 'When the row last changed; strictly increasing.';

create index learning_paths_category_id_idx on mentorship.learning_paths (category, id);

create table mentorship.user_learning_progress (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  path_id uuid not null,
  completed_modules base.lines not null default '{}',
  progress base.percent not null default 0,
  started_at timestamptz not null default now(),
  completed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_learning_progress_pkey primary key (user_id, id),
  constraint user_learning_progress_user_id_path_id_key unique (user_id, path_id),
  constraint user_learning_progress_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint user_learning_progress_path_id_fkey foreign key (path_id)
    references mentorship.learning_paths (id) on delete cascade,
  constraint user_learning_progress_completed_at_check check ((progress = 100) = (completed_at is not null))
);

comment on table mentorship.user_learning_progress is 'How far somebody has come on a learning path.';
comment on column mentorship.user_learning_progress.user_id is 'Who is learning.';
comment on column mentorship.user_learning_progress.id is 'The progress.';
comment on column mentorship.user_learning_progress.path_id is 'The learning path; one progress each.';
comment on column mentorship.user_learning_progress.completed_modules is
  'The ids of the modules completed, in the order in which they were; all are the path''s.';
comment on column mentorship.user_learning_progress.progress is
  'Progress in percent: the share of the path''s modules completed, rounded down; follows when the path changes.';
comment on column mentorship.user_learning_progress.started_at is 'When the user started.';
comment on column mentorship.user_learning_progress.completed_at is 'When the progress became 100; null: it is not.';
comment on column mentorship.user_learning_progress.created_at is 'When the row was made.';
comment on column mentorship.user_learning_progress.updated_at is 'When the row last changed; strictly increasing.';

create index user_learning_progress_path_id_idx on mentorship.user_learning_progress (path_id);

create function mentorship.follow_modules() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  -- Locked, so that no change of the path is missed.
  modules constant text[] := (
    select mentorship.module_ids(path.modules)
    from mentorship.learning_paths as path
    where path.id = new.path_id
    for share);
begin
  if not new.completed_modules <@ modules
    or cardinality(new.completed_modules) <> (select count(distinct id) from unnest(new.completed_modules) as id)
  then
    raise exception 'must be a module of the learning path'
      using errcode = 'check_violation',
        schema = 'mentorship', table = 'user_learning_progress', column = 'module_id',
        constraint = 'user_learning_progress_completed_modules_check';
  end if;
  new.progress := coalesce(cardinality(new.completed_modules) * 100 / nullif(cardinality(modules), 0), 0);
  new.completed_at := case when new.progress = 100 then coalesce(new.completed_at, clock_timestamp()) end;
  return new;
end
$$;
comment on function mentorship.follow_modules() is
  'Before progress is written: refuses modules that the path does not have or that are there twice, counts the others, stamps the end.';

create function mentorship.follow_path() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update mentorship.user_learning_progress
  set completed_modules = array(
    select id
    from unnest(completed_modules) with ordinality as done (id, place)
    where id = any (mentorship.module_ids(new.modules))
    order by place)
  where path_id = new.id;
  return null;
end
$$;
comment on function mentorship.follow_path() is
  'After a path''s modules changed: everybody''s progress follows, without the modules that are gone.';

create trigger learning_paths_progress
after update on mentorship.learning_paths
for each row when (mentorship.module_ids(old.modules) <> mentorship.module_ids(new.modules))
execute function mentorship.follow_path();
create trigger learning_paths_touch
before update on mentorship.learning_paths
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.learning_paths');

create trigger user_learning_progress_follow_modules
before insert or update on mentorship.user_learning_progress
for each row execute function mentorship.follow_modules();
create trigger user_learning_progress_touch
before update on mentorship.user_learning_progress
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.user_learning_progress');

create function mentorship.resource_search(title text, description text, category text, tags text[]) returns tsvector
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return setweight(to_tsvector('english', title), 'A')
    || setweight(to_tsvector('english', concat_ws(' ', category, array_to_string(tags, ' '))), 'B')
    || setweight(to_tsvector('english', coalesce(description, '')), 'C');
end
$$;
comment on function mentorship.resource_search(text, text, text, text[]) is
  'What a resource is found by: the words of its title, then of its category and tags, then of its description.';
grant execute on function mentorship.resource_search(text, text, text, text[]) to trellis_app;

create table mentorship.resources (
  id uuid not null default base.uuid_v7(),
  title base.line not null,
  description base.prose,
  type mentorship.resource_type not null,
  uploaded_by_id uuid,
  url base.url,
  file_path base.line,
  is_published boolean not null default false,
  category base.line,
  tags base.tags not null default '{}',
  search tsvector not null generated always as (
    mentorship.resource_search(title, description, category, tags)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint resources_pkey primary key (id),
  constraint resources_uploaded_by_id_fkey foreign key (uploaded_by_id)
    references identity.users (id) on delete set null
);

comment on table mentorship.resources is 'Something to read, to hear or to do: material for all.';
comment on column mentorship.resources.id is 'The resource.';
comment on column mentorship.resources.title is 'What it is called.';
comment on column mentorship.resources.description is 'What it is about.';
comment on column mentorship.resources.type is 'What kind of thing it is.';
comment on column mentorship.resources.uploaded_by_id is 'Who brought it; null: their account is gone.';
comment on column mentorship.resources.url is 'Where it is, if it is elsewhere.';
comment on column mentorship.resources.file_path is 'Where its file is kept, if it has one.';
comment on column mentorship.resources.is_published is
  'True: everybody reads it; false: whoever brought it, and administrators.';
comment on column mentorship.resources.category is 'What kind of material it is.';
comment on column mentorship.resources.tags is 'What else it is found by.';
comment on column mentorship.resources.search is 'The words that it is found by; see mentorship.resource_search().';
comment on column mentorship.resources.created_at is 'When it was brought.';
comment on column mentorship.resources.updated_at is 'When the row last changed; strictly increasing.';

create index resources_published_idx on mentorship.resources (id) where is_published;
create index resources_unpublished_idx on mentorship.resources (id) where not is_published;
create index resources_type_id_idx on mentorship.resources (type, id) where is_published;
create index resources_category_id_idx on mentorship.resources (lower(category), id) where is_published;
create index resources_uploaded_by_id_id_idx on mentorship.resources (uploaded_by_id, id);
create index resources_tags_idx on mentorship.resources using gin (base.lowered(tags)) with (fastupdate = off);
create index resources_search_idx on mentorship.resources using gin (search) with (fastupdate = off);

create trigger resources_touch
before update on mentorship.resources
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.resources', array['search']);

create table mentorship.resource_comments (
  id uuid not null default base.uuid_v7(),
  resource_id uuid not null,
  user_id uuid,
  content base.prose not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint resource_comments_pkey primary key (id),
  constraint resource_comments_resource_id_fkey foreign key (resource_id)
    references mentorship.resources (id) on delete cascade,
  constraint resource_comments_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete set null,
  constraint resource_comments_content_check check (content <> '')
);

comment on table mentorship.resource_comments is 'What somebody says about a resource.';
comment on column mentorship.resource_comments.id is 'The comment.';
comment on column mentorship.resource_comments.resource_id is 'The resource.';
comment on column mentorship.resource_comments.user_id is 'Who says it; null: their account is gone.';
comment on column mentorship.resource_comments.content is 'What is said: 1 to 10,000 characters.';
comment on column mentorship.resource_comments.created_at is 'When it was said.';
comment on column mentorship.resource_comments.updated_at is 'When the row last changed; strictly increasing.';

create index resource_comments_resource_id_id_idx on mentorship.resource_comments (resource_id, id);
create index resource_comments_user_id_idx on mentorship.resource_comments (user_id);

create trigger resource_comments_touch
before update on mentorship.resource_comments
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.resource_comments');

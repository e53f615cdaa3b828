-- The audit log: one row for every insert, update and delete of an audited table, written by one trigger function, and for
-- every read that must be accounted for.
-- It keeps the names of what changed, and values only where they cannot be anybody's words, so that an erased person
-- leaves nothing personal in it.

create type audit.action as enum ('insert', 'update', 'delete', 'read');
comment on type audit.action is 'What happened to a row; reads are logged where a person''s health is concerned.';

create table audit.logs (
  id uuid not null default base.uuid_v7(),
  created_at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  action audit.action not null,
  entity_type base.line not null,
  entity_id uuid,
  payload base.json_object not null default '{}',
  constraint logs_pkey primary key (created_at, id)
) partition by range (created_at);

comment on table audit.logs is
  'Every change of an audited row, and every read that must be accounted for, by month. Rows are only ever added, by '
  'audit.record() and audit.record_read().';
comment on column audit.logs.id is 'The entry; time-ordered.';
comment on column audit.logs.created_at is
  'When the change was made, by the clock and not by the start of its transaction.';
comment on column audit.logs.actor_id is
  'The acting user; null for the server itself and for work done by hand. No foreign key: it outlives the user.';
comment on column audit.logs.action is 'What happened to the row.';
comment on column audit.logs.entity_type is 'The changed table, with its schema: coach.jobs.';
comment on column audit.logs.entity_id is 'The changed row''s id; null where the table has no column of that name.';
comment on column audit.logs.payload is
  '{"changed": [names of columns], "values": {column: new value}}; values of enums, booleans, numbers, times and ids '
  'alone; {} on delete.';

-- Each way of asking for the log has its key, in the order in which it is paged.
create index logs_entity_id_created_at_id_idx on audit.logs (entity_id, created_at, id) where entity_id is not null;
create index logs_entity_type_created_at_id_idx on audit.logs (entity_type, created_at, id);
create index logs_actor_id_created_at_id_idx on audit.logs (actor_id, created_at, id) where actor_id is not null;

grant select on audit.logs to trellis_app, trellis_readonly;

-- Everything that depends on the table is in the trigger's arguments, so that no row costs a look into the catalogue.
create function audit.record() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  entity constant text := tg_argv[0];
  valued constant text[] := string_to_array(tg_argv[1], ',');
  unvalued constant text[] := string_to_array(tg_argv[2], ',');
  ignored constant text[] := string_to_array(tg_argv[3], ',');
  before jsonb;
  after jsonb;
  logged jsonb;
  payload jsonb := '{}';
begin
  if tg_op = 'INSERT' then
    after := jsonb_strip_nulls(to_jsonb(new) - ignored);
    logged := after - unvalued;
    if logged - valued <> '{}' then
      logged := '{}'; -- the table has a column that its trigger was not told of
    end if;
    payload := jsonb_build_object('changed', jsonb_path_query_array(after, '$.keyvalue().key'), 'values', logged);
  elsif tg_op = 'UPDATE' then
    before := to_jsonb(old) - ignored;
    after := to_jsonb(new) - ignored;
    if after = before then
      return null;
    end if;
    select jsonb_build_object(
      'changed', jsonb_agg(name),
      'values', coalesce(jsonb_object_agg(name, value) filter (where name = any (valued)), '{}'))
    into payload
    from jsonb_each(after) as field (name, value)
    where value <> before -> name;
  else
    after := to_jsonb(old);
  end if;
  insert into audit.logs (actor_id, action, entity_type, entity_id, payload)
  values (base.actor(), lower(tg_op)::audit.action, entity, (after ->> 'id')::uuid, payload);
  return null;
end
$$;
comment on function audit.record() is
  'After a row changed: logs it. Arguments: the entity''s name; the columns whose values may be logged; the other '
  'columns; the columns that do not count (each list comma-separated).';

create function audit.record_read(entity text, id uuid) returns uuid
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  entry uuid;
begin
  insert into audit.logs (actor_id, action, entity_type, entity_id)
  values (base.actor(), 'read', entity, record_read.id)
  returning logs.id into entry;
  return entry;
end
$$;
comment on function audit.record_read(text, uuid) is
  'Logs that the actor reads a row of this entity; returns the entry. Who reads must ask for it in the same statement.';
grant execute on function audit.record_read(text, uuid) to trellis_app;

create function audit.attach(target regclass, ignored text[] default '{}', secret text[] default '{}') returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  entity text;
  owner_schema name;
  table_name name;
  valued text;
  unvalued text;
begin
  select schema.nspname, class.relname
  into strict owner_schema, table_name
  from pg_class as class
  join pg_namespace as schema on schema.oid = class.relnamespace
  where class.oid = target;
  entity := owner_schema || '.' || table_name;

  with recursive shape as (
    select attname, attnum, atttypid as type
    from pg_attribute
    where attrelid = target
      and attnum > 0
      and not attisdropped
    union all
    select shape.attname, shape.attnum, pg_type.typbasetype
    from shape
    join pg_type on pg_type.oid = shape.type
    where pg_type.typtype = 'd'
  )
  select
    string_agg(shape.attname, ',' order by shape.attnum) filter (where harmless),
    string_agg(shape.attname, ',' order by shape.attnum) filter (where not harmless)
  into valued, unvalued
  from shape
  join pg_type on pg_type.oid = shape.type
  cross join lateral (
    select shape.attname <> all (secret) and (pg_type.typtype = 'e' or shape.type in (
      'boolean'::regtype, 'smallint'::regtype, 'integer'::regtype, 'bigint'::regtype, 'numeric'::regtype,
      'real'::regtype, 'double precision'::regtype, 'date'::regtype, 'time'::regtype, 'timestamptz'::regtype,
      'timestamp'::regtype, 'uuid'::regtype))) as kind (harmless)
  where pg_type.typtype <> 'd';

  execute format(
    'create or replace trigger %I after insert or update or delete on %I.%I '
    'for each row execute function audit.record(%L, %L, %L, %L)',
    table_name || '_audit', owner_schema, table_name,
    entity, coalesce(valued, ''), coalesce(unvalued, ''), array_to_string('updated_at'::text || ignored, ','));
end
$$;
comment on function audit.attach(regclass, text[], text[]) is
  'Has a table''s changes logged, but for the ignored columns and updated_at, and never a value of the secret ones. Run it '
  'again after adding columns to the table.';

create function audit.ensure_partitions(months integer) returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  first timestamp;
  partition text;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit.logs partitions', 0));
  for ahead in 0 .. months loop
    first := date_trunc('month', clock_timestamp() at time zone 'UTC') + make_interval(months => ahead);
    partition := 'logs_' || to_char(first, 'YYYY_MM');
    if to_regclass('audit.' || partition) is null then
      -- Made apart and attached: `create table … partition of` would lock out every writer.
      execute format('create table audit.%I (like audit.logs including defaults including constraints)', partition);
      execute format('alter table audit.logs attach partition audit.%I for values from (%L) to (%L)', partition,
        to_char(first, 'YYYY-MM-DD "00:00:00+00"'),
        to_char(first + interval '1 month', 'YYYY-MM-DD "00:00:00+00"'));
    end if;
  end loop;
end
$$;
comment on function audit.ensure_partitions(integer) is
  'Makes the log''s partitions of this month and so many after it (UTC) where they are missing; may run concurrently.';
grant execute on function audit.ensure_partitions(integer) to trellis_app;

create function audit.drop_old_partitions(keep_months integer) returns integer
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  oldest_kept text;
  partition name;
  dropped integer := 0;
begin
  if keep_months is null or keep_months < 1 then
    raise exception 'keep_months must be 1 or more'
      using errcode = 'invalid_parameter_value';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('audit.logs partitions', 0));
  oldest_kept := 'logs_' || to_char(
    date_trunc('month', clock_timestamp() at time zone 'UTC') - make_interval(months => keep_months), 'YYYY_MM');
  for partition in
    select class.relname
    from pg_inherits
    join pg_class as class on class.oid = pg_inherits.inhrelid
    where pg_inherits.inhparent = 'audit.logs'::regclass
      and class.relname ~ '^logs_[0-9]{4}_[0-9]{2}$'
      and class.relname < oldest_kept collate "C"
    order by class.relname
  loop
    execute format('drop table audit.%I', partition);
    dropped := dropped + 1;
  end loop;
  return dropped;
end
$$;
comment on function audit.drop_old_partitions(integer) is
  'Drops the log''s partitions that are more than so many months (1 or more) behind the current one; returns how many.';
grant execute on function audit.drop_old_partitions(integer) to trellis_app;

select audit.ensure_partitions(3);

-- Every foreign key of the domains' tables, for the diagrams of docs/schema.md.
-- optional: it may refer to nothing; single: one row at most refers to each; identifying: it is part of the primary key.
select schema.nspname::text as "domain!",
       class.relname::text as "table!",
       target_schema.nspname::text as "target_domain!",
       target.relname::text as "target!",
       named.columns as "columns!",
       named.optional as "optional!",
       case reference.confdeltype
         when 'a' then 'no action'
         when 'r' then 'restrict'
         when 'c' then 'cascade'
         when 'n' then 'set null'
         when 'd' then 'set default'
       end as "on_delete!",
       exists (
         select
         from pg_catalog.pg_index as unique_index
         where unique_index.indrelid = class.oid
           and unique_index.indisunique
           and unique_index.indpred is null
           and unique_index.indexprs is null
           and (unique_index.indkey::smallint[])[0:unique_index.indnkeyatts - 1] <@ reference.conkey) as "single!",
       exists (
         select
         from pg_catalog.pg_constraint as key
         where key.conrelid = class.oid
           and key.contype = 'p'
           and reference.conkey <@ key.conkey) as "identifying!"
from pg_catalog.pg_constraint as reference
join pg_catalog.pg_class as class on class.oid = reference.conrelid
join pg_catalog.pg_namespace as schema on schema.oid = class.relnamespace
join pg_catalog.pg_class as target on target.oid = reference.confrelid
join pg_catalog.pg_namespace as target_schema on target_schema.oid = target.relnamespace
cross join lateral (
  select string_agg(attribute.attname, ', ' order by array_position(reference.conkey, attribute.attnum)) as columns,
         bool_or(not attribute.attnotnull) as optional
  from pg_catalog.pg_attribute as attribute
  where attribute.attrelid = class.oid
    and attribute.attnum = any (reference.conkey)) as named
where reference.contype = 'f'
  and schema.nspowner = 'trellis_owner'::regrole
  and schema.nspname not in ('audit', 'base', 'extensions', 'trellis')
  and not class.relispartition
order by schema.nspname, target_schema.nspname, target.relname, class.relname, named.columns

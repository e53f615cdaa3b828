-- Every column of the domains' tables, for the diagrams of docs/schema.md. A type is named without its schema.
select schema.nspname::text as "domain!",
       class.relname::text as "table!",
       attribute.attname::text as "column!",
       replace(
         regexp_replace(
           replace(format_type(attribute.atttypid, null), 'timestamp with time zone', 'timestamptz'), '^.*\.', ''),
         ' ', '_') as "type!",
       not attribute.attnotnull as "nullable!",
       exists (
         select
         from pg_catalog.pg_constraint as key
         where key.conrelid = class.oid
           and key.contype = 'p'
           and attribute.attnum = any (key.conkey)) as "primary_key!",
       exists (
         select
         from pg_catalog.pg_constraint as key
         where key.conrelid = class.oid
           and key.contype = 'f'
           and attribute.attnum = any (key.conkey)) as "foreign_key!"
from pg_catalog.pg_namespace as schema
join pg_catalog.pg_class as class on class.relnamespace = schema.oid
join pg_catalog.pg_attribute as attribute on attribute.attrelid = class.oid
where schema.nspowner = 'trellis_owner'::regrole
  and schema.nspname not in ('audit', 'base', 'extensions', 'trellis')
  and class.relkind in ('r', 'p')
  and not class.relispartition
  and attribute.attnum > 0
  and not attribute.attisdropped
order by schema.nspname, class.relname, attribute.attnum

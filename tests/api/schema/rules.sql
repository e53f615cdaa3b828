-- What every schema of ours keeps to: a row per offence. Wanted: none. Run it in psql while writing a migration.
with recursive schema as (
  select oid, nspname as name
  from pg_namespace
  where nspowner = 'trellis_owner'::regrole
    and nspname not in ('extensions', 'trellis') -- not ours; the migrations' history
), any_table as (
  select class.*, schema.name || '.' || class.relname as name
  from pg_class as class
  join schema on schema.oid = class.relnamespace
  where class.relkind in ('r', 'p')
), the_table as (
  select *
  from any_table
  where not relispartition
), type_base (oid, base, bounded) as (
  select oid, oid, false
  from pg_type
  where typtype <> 'd'
  union all
  select derived.oid, type_base.base,
         type_base.bounded or exists (select from pg_constraint where contypid = derived.oid and contype = 'c')
  from pg_type as derived
  join type_base on type_base.oid = derived.typbasetype
  where derived.typtype = 'd'
), the_column as (
  select attribute.*, the_table.name || '.' || attribute.attname as name, the_table.oid as table_oid,
         format_type(type_base.base, null) as type,
         type_base.bounded or exists (
           select from pg_constraint as own
           where own.conrelid = the_table.oid
             and own.contype in ('c', 'f')
             and attribute.attnum = any (own.conkey)
         ) as bounded
  from pg_attribute as attribute
  join the_table on the_table.oid = attribute.attrelid
  join type_base on type_base.oid = attribute.atttypid
  where attribute.attnum > 0
    and not attribute.attisdropped
), the_index as (
  select own.*, own.indexrelid::regclass::text as name, pg_get_expr(own.indpred, own.indrelid) as predicate,
         pg_get_expr(own.indexprs, own.indrelid) as expressions, string_to_array(own.indkey::text, ' ')::int2[] as keys
  from pg_index as own
  join any_table on any_table.oid = own.indrelid
), the_constraint as (
  select own.*, the_table.name || ': ' || own.conname as name
  from pg_constraint as own
  join the_table on the_table.oid = own.conrelid
), the_function as (
  select own.*, own.oid::regprocedure::text as name
  from pg_proc as own
  join schema on schema.oid = own.pronamespace
  where not exists (select from pg_depend where objid = own.oid and deptype = 'e')
), offence (rule, offender) as (
  -- Keys.
  select 'a table has a primary key', name
  from the_table
  where not exists (select from pg_constraint where conrelid = the_table.oid and contype = 'p')
  union all
  select 'a key is no integer that runs out', the_constraint.name
  from the_constraint
  join pg_attribute as part on part.attrelid = conrelid and part.attnum = any (conkey)
  where contype = 'p' and part.atttypid in ('integer'::regtype, 'smallint'::regtype)
  union all
  select 'no serial columns', the_column.name
  from the_column
  join pg_attrdef as own on own.adrelid = attrelid and own.adnum = attnum
  where attidentity = '' and pg_get_expr(own.adbin, own.adrelid) like 'nextval%'
  union all
  -- Foreign keys.
  select 'a foreign key leads an index', name
  from the_constraint
  where contype = 'f'
    and not exists (
      select from the_index
      where indrelid = conrelid
        and indisvalid
        and (predicate is null or predicate ~ '^\(\w+ IS NOT NULL\)$')
        and keys[1:cardinality(conkey)] @> conkey
        and keys[1:cardinality(conkey)] <@ conkey
    )
  union all
  select 'a foreign key has the type that it refers to', name
  from the_constraint
  cross join generate_subscripts(conkey, 1) as part
  join pg_attribute as own on own.attrelid = conrelid and own.attnum = conkey[part]
  join pg_attribute as other on other.attrelid = confrelid and other.attnum = confkey[part]
  where contype = 'f' and own.atttypid <> other.atttypid
  union all
  select 'a foreign key is there once', string_agg(name, ', ')
  from the_constraint
  where contype = 'f'
  group by conrelid, confrelid, conkey, confkey
  having count(*) > 1
  union all
  select 'a foreign key says what happens on delete', name
  from the_constraint
  where contype = 'f' and confdeltype = 'a'
  union all
  select 'a user can be erased', name
  from the_constraint
  where contype = 'f' and confrelid = 'identity.users'::regclass and confdeltype in ('a', 'r')
  union all
  select 'no foreign key into another domain, but identity', name
  from the_constraint
  join pg_class as own on own.oid = conrelid
  join pg_class as other on other.oid = confrelid
  where contype = 'f'
    and own.relnamespace <> other.relnamespace
    and other.relnamespace <> 'identity'::regnamespace
  union all
  select 'set null in a key with the owner names its column', name
  from the_constraint
  where contype = 'f' and confdeltype = 'n' and cardinality(conkey) > 1 and confdelsetcols is null
  union all
  -- Indexes and constraints.
  select 'no index twice', string_agg(name, ', ')
  from the_index
  group by indrelid, indkey::text, indclass::text, indcollation::text, indoption::text, expressions, predicate
  having count(*) > 1
  union all
  select 'no index that begins another', own.name
  from the_index as own
  join pg_class as class on class.oid = own.indexrelid
  where not own.indisunique and own.predicate is null and own.expressions is null
    and exists (
      select from the_index as other
      join pg_class as other_class on other_class.oid = other.indexrelid
      where other.indrelid = own.indrelid
        and other.predicate is null
        and other_class.relam = class.relam
        and cardinality(other.keys) > cardinality(own.keys)
        and other.keys[1:cardinality(own.keys)] = own.keys
    )
  union all
  select 'an index is valid', name
  from the_index
  where not indisvalid or not indisready
  union all
  select 'a constraint is validated', name
  from the_constraint
  where not convalidated
  union all
  select 'JSONB is indexed by jsonb_path_ops', name
  from the_index
  where exists (select from pg_opclass where oid = any (indclass::oid[]) and opcname = 'jsonb_ops')
  union all
  -- Types and bounds.
  select 'time has a zone', name
  from the_column
  where type in ('timestamp without time zone', 'time with time zone', 'timestamp without time zone[]')
  union all
  select 'no json, money, char(n), varchar(n), xml', name
  from the_column
  where type in ('json', 'money', 'character', 'xml') or (type = 'character varying' and atttypmod > 0)
  union all
  select 'text and JSONB are bounded', name
  from the_column
  where type in ('text', 'jsonb', 'text[]') and not bounded
  union all
  select 'a boolean is true or false', name
  from the_column
  where type = 'boolean' and not attnotnull
  union all
  select 'a list may be empty, but not null', name
  from the_column
  where type like '%[]' and not attnotnull
  union all
  select 'a secret is no text', name
  from the_column
  where attname ~ '(password|passwd|secret|token|answer|api_key|otp)$' and type in ('text', 'character varying')
  union all
  -- Times of rows.
  select 'a row knows when it was made', name
  from the_table
  where not exists (
    select from pg_attribute
    where attrelid = the_table.oid and attname = 'created_at' and attnotnull and atthasdef
  )
  union all
  select 'updated_at is kept by base.touch_updated_at()', name
  from the_table
  where exists (select from pg_attribute where attrelid = the_table.oid and attname = 'updated_at' and not attisdropped)
    and not exists (
      select from pg_trigger
      where tgrelid = the_table.oid and tgfoid = 'base.touch_updated_at'::regproc and tgenabled = 'O'
    )
  union all
  select 'changes are audited', name
  from the_table
  where name not in (
      'audit.logs', -- is the log
      'identity.login_failures', -- counters of nobody in particular
      'identity.idempotency_keys') -- answers that were given, of rows that are audited
    and not exists (
      select from pg_trigger
      where tgrelid = the_table.oid and tgfoid = 'audit.record'::regproc and tgenabled = 'O'
        and tgtype & 28 = 28 -- insert, delete, update
    )
  union all
  select 'the audit trigger knows every column', the_column.name
  from the_column
  join pg_trigger on tgrelid = table_oid and tgfoid = 'audit.record'::regproc
  where attname <> all (regexp_split_to_array(encode(tgargs, 'escape'), '(,|\\000)'))
  union all
  select 'a growing log is partitioned', name
  from any_table
  where relname = 'logs' and relkind = 'r' and not relispartition
  union all
  select 'no unlogged table', name
  from any_table
  where relpersistence <> 'p'
  union all
  -- Names and words.
  select 'a table has a comment', name
  from the_table
  where obj_description(oid, 'pg_class') is null
  union all
  select 'a column has a comment', name
  from the_column
  where col_description(attrelid, attnum) is null
  union all
  select 'a schema has a comment', name
  from schema
  where obj_description(oid, 'pg_namespace') is null
  union all
  select 'a function has a comment', name
  from the_function
  where obj_description(oid, 'pg_proc') is null
  union all
  select 'an enum or a domain has a comment', own.oid::regtype::text
  from pg_type as own
  join schema on schema.oid = own.typnamespace
  where own.typtype in ('e', 'd') and obj_description(own.oid, 'pg_type') is null
  union all
  select 'a name is snake_case and short enough', name
  from (
    select relname, name from any_table
    union all select attname, name from the_column
    union all select conname, name from the_constraint
    union all select relname, the_index.name from the_index join pg_class on pg_class.oid = indexrelid
  ) as named (word, name)
  where octet_length(word) >= 63 or word !~ '^[a-z][a-z0-9_]*$'
  union all
  select 'a constraint is named by table, columns and kind', name
  from the_constraint
  where conname !~ ('^' || (select relname from pg_class where oid = conrelid) || '_(.+_)?(pkey|key|fkey|check|excl)$')
    and contype <> 't'
  union all
  -- Who may do what.
  select 'a function has its own search_path', name
  from the_function
  where not coalesce(array_to_string(proconfig, ',') like '%search_path=%', false)
  union all
  select 'a function is not everybody''s', name
  from the_function
  where exists (
    select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0
  )
  union all
  select 'all is owned by trellis_owner, which cannot log in', named.name
  from (
    select name, relowner from any_table
    union all select name, proowner from the_function
    union all select nspname, nspowner from pg_namespace where nspname in ('extensions', 'trellis')
  ) as named (name, owner)
  join pg_roles on pg_roles.oid = named.owner
  where rolname <> 'trellis_owner' or rolcanlogin
  union all
  select 'a schema is not everybody''s', own.nspname || ' ' || entry.privilege_type
  from pg_namespace as own,
    aclexplode(coalesce(own.nspacl, acldefault('n', own.nspowner))) as entry
  where entry.grantee = 0
    and (own.oid in (select oid from schema) or (own.nspname = 'public' and entry.privilege_type = 'CREATE'))
  union all
  select 'a table is not everybody''s', any_table.name || ' ' || entry.privilege_type
  from any_table, aclexplode(relacl) as entry
  where entry.grantee = 0
)
select rule || ': ' || offender as offence
from offence
order by 1

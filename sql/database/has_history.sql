-- Whether this database was ever migrated.
select to_regclass('trellis.schema_history') is not null as "known!"

-- What the server needs of the database: the schema's version and a place for this month's audit logs.
select coalesce(max(version), 0) as "version!",
       to_regclass('audit.logs_' || to_char(now() at time zone 'utc', 'YYYY_MM')) is not null as "has_partition!"
from trellis.schema_history

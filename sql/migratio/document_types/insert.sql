-- $1 who acts  $2 code  $3 name  $4 category  $5 accepted file types  $6 max file size bytes  $7 expires
-- $8 validity months  $9 guidance
insert into migratio.document_types
  (code, name, category, accepted_file_types, max_file_size_bytes, expires, validity_months, guidance)
select $2, $3, $4, $5, $6, $7, $8, $9
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, code, name, category, accepted_file_types, max_file_size_bytes, expires, validity_months, guidance,
          created_at, updated_at

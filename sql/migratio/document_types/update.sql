-- $1 who acts  $2 document type  $3 accepted versions  $4 code  $5 name  $6 category  $7 accepted file types
-- $8 max file size bytes  $9 expires  $10 validity months  $11 guidance
update migratio.document_types
set code = $4,
    name = $5,
    category = $6,
    accepted_file_types = $7,
    max_file_size_bytes = $8,
    expires = $9,
    validity_months = $10,
    guidance = $11
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, code, name, category, accepted_file_types, max_file_size_bytes, expires, validity_months, guidance,
          created_at, updated_at

-- $1 document type
select id, code, name, category, accepted_file_types, max_file_size_bytes, expires, validity_months, guidance,
       created_at, updated_at
from migratio.document_types
where id = $1

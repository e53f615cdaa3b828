-- $1 last id seen  $2 rows
select id, code, name, category, accepted_file_types, max_file_size_bytes, expires, validity_months, guidance,
       created_at, updated_at
from migratio.document_types
where id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $2

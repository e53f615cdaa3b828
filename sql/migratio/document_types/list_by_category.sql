-- As a range: of equals the planner might walk through the primary key, which is in order, too, in search of a rare one.
-- $1 last id seen  $2 rows  $3 category
select id, code, name, category, accepted_file_types, max_file_size_bytes, expires, validity_months, guidance,
       created_at, updated_at
from migratio.document_types
where category >= $3
  and (category, id) < ($3, coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by category desc, id desc
limit $2

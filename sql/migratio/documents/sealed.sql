-- The values of one encrypted column, row by row.
-- $1 column  $2 owner and $3 id of the last row seen  $4 rows
select own.user_id as owner, own.id, sealed.value as "value!"
from migratio.documents as own
cross join lateral (select case $1::text when 'document_number' then own.document_number end) as sealed (value)
where (own.user_id, own.id) > ($2, $3)
  and sealed.value is not null
order by own.user_id, own.id
limit $4

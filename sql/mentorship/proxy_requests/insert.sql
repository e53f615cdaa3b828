-- $1 mother  $2 proxy  $3 start date  $4 expected end date  $5 notes
insert into mentorship.proxy_requests (mother_id, proxy_id, start_date, expected_end_date, notes)
select $1, $2, $3, $4, $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, mother_id, proxy_id, status, start_date, expected_end_date, actual_end_date, notes, created_at, updated_at

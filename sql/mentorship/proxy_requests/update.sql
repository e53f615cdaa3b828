-- A trigger refuses it once the request is answered.
-- $1 mother  $2 proxy request  $3 accepted versions  $4 start date  $5 expected end date  $6 notes
update mentorship.proxy_requests
set start_date = $4,
    expected_end_date = $5,
    notes = $6
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where mother_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, mother_id, proxy_id, status, start_date, expected_end_date, actual_end_date, notes, created_at, updated_at

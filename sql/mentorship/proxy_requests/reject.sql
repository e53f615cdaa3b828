-- A trigger refuses the moves that mentorship.proxy_request_moves() does not name.
-- $1 who acts  $2 proxy request
update mentorship.proxy_requests
set status = 'rejected'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where $1 in (mother_id, proxy_id)
  and id = $2
returning id, mother_id, proxy_id, status, start_date, expected_end_date, actual_end_date, notes, created_at, updated_at

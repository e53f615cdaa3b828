-- $1 mother or proxy  $2 proxy request
select id, mother_id, proxy_id, status, start_date, expected_end_date, actual_end_date, notes, created_at, updated_at
from mentorship.proxy_requests
where $1 in (mother_id, proxy_id)
  and id = $2

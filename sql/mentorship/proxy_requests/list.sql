-- Each side has its index, in which the list is read in order.
-- $1 mother or proxy  $2 last id seen  $3 rows  $4 statuses  $5 true: where they are the mother; false: the proxy
select id as "id!", mother_id as "mother_id!", proxy_id as "proxy_id!", status as "status!",
       start_date as "start_date!", expected_end_date as "expected_end_date!", actual_end_date, notes,
       created_at as "created_at!", updated_at as "updated_at!"
from (
  (
    select id, mother_id, proxy_id, status, start_date, expected_end_date, actual_end_date, notes, created_at,
           updated_at
    from mentorship.proxy_requests
    where mother_id = $1
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case when cardinality($4::mentorship.proxy_request_status[]) = 0 then true else status = any ($4) end
      and coalesce($5::boolean, true)
    order by id desc
    limit $3
  )
  union all
  (
    select id, mother_id, proxy_id, status, start_date, expected_end_date, actual_end_date, notes, created_at,
           updated_at
    from mentorship.proxy_requests
    where proxy_id = $1
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case when cardinality($4::mentorship.proxy_request_status[]) = 0 then true else status = any ($4) end
      and not coalesce($5::boolean, false)
    order by id desc
    limit $3
  )
) as either
order by id desc
limit $3

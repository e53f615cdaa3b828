-- Each side has its index, and nobody has both sides of a connection.
-- $1 one of the two  $2 last id seen  $3 rows  $4 as the requester  $5 statuses
select id as "id!", requester_id as "requester_id!", receiver_id as "receiver_id!", status as "status!",
       created_at as "created_at!", updated_at as "updated_at!"
from (
  (
    select id, requester_id, receiver_id, status, created_at, updated_at
    from mentorship.user_connections
    where requester_id = $1
      and $4::boolean is not false
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case when cardinality($5::mentorship.connection_status[]) = 0 then true else status = any ($5) end
    order by id desc
    limit $3
  )
  union all
  (
    select id, requester_id, receiver_id, status, created_at, updated_at
    from mentorship.user_connections
    where receiver_id = $1
      and $4::boolean is not true
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case when cardinality($5::mentorship.connection_status[]) = 0 then true else status = any ($5) end
    order by id desc
    limit $3
  )
) as own
order by id desc
limit $3

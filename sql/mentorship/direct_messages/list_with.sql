-- What two wrote to each other: the newest of each side, in the order of its index, then the newest of both.
-- $1 one of them  $2 last id seen  $3 rows  $4 the other
select id as "id!", sender_id as "sender_id!", receiver_id, message as "message!: String", read as "read!",
       created_at as "created_at!", updated_at as "updated_at!"
from (
  (
    select id, sender_id, receiver_id, message, read, created_at, updated_at
    from mentorship.direct_messages
    where sender_id = $1
      and receiver_id = $4
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
    order by id desc
    limit $3
  )
  union all
  (
    select id, sender_id, receiver_id, message, read, created_at, updated_at
    from mentorship.direct_messages
    where receiver_id = $1
      and sender_id = $4
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
    order by id desc
    limit $3
  )
) as own
order by id desc
limit $3

-- Those that somebody shall do or wrote down, over all their sessions; what is both is there once.
-- $1 participant  $2 last id seen  $3 rows  $4 only those they shall do  $5 statuses
select id as "id!", session_id as "session_id!", assigned_to_id, created_by_id, title as "title!", description,
       due_date, status as "status!", created_at as "created_at!", updated_at as "updated_at!"
from (
  (
    select id, session_id, assigned_to_id, created_by_id, title, description, due_date, status, created_at, updated_at
    from mentorship.action_items
    where assigned_to_id = $1
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case when cardinality($5::mentorship.action_item_status[]) = 0 then true else status = any ($5) end
    order by id desc
    limit $3
  )
  union
  (
    select id, session_id, assigned_to_id, created_by_id, title, description, due_date, status, created_at, updated_at
    from mentorship.action_items
    where created_by_id = $1
      and not $4::boolean
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case when cardinality($5::mentorship.action_item_status[]) = 0 then true else status = any ($5) end
    order by id desc
    limit $3
  )
) as own
order by id desc
limit $3

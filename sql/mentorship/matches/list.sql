-- Each side has its index, and nobody has both sides of a match.
-- $1 one of the two  $2 last id seen  $3 rows  $4 as the mentor  $5 statuses
select id as "id!", mentor_id as "mentor_id!", mentee_id as "mentee_id!", goal, status as "status!", admin_id,
       created_at as "created_at!", updated_at as "updated_at!"
from (
  (
    select id, mentor_id, mentee_id, goal, status, admin_id, created_at, updated_at
    from mentorship.matches
    where mentor_id = $1
      and $4::boolean is not false
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case when cardinality($5::mentorship.match_status[]) = 0 then true else status = any ($5) end
    order by id desc
    limit $3
  )
  union all
  (
    select id, mentor_id, mentee_id, goal, status, admin_id, created_at, updated_at
    from mentorship.matches
    where mentee_id = $1
      and $4::boolean is not true
      and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case when cardinality($5::mentorship.match_status[]) = 0 then true else status = any ($5) end
    order by id desc
    limit $3
  )
) as own
order by id desc
limit $3

-- Each status has its part of the index; there are three.
-- $1 last id seen  $2 rows  $3 statuses
select id as "id!", mentor_id as "mentor_id!", mentee_id as "mentee_id!", goal, status as "status!", admin_id,
       created_at as "created_at!", updated_at as "updated_at!"
from (select distinct unnest($3::mentorship.match_status[])) as wanted (one)
cross join lateral (
  select id, mentor_id, mentee_id, goal, status, admin_id, created_at, updated_at
  from mentorship.matches
  where status = wanted.one
    and id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  order by id desc
  limit $2
) as of_status
order by id desc
limit $2

-- For the two, and for administrators.
-- $1 reader  $2 id
select id, mentor_id, mentee_id, goal, status, admin_id, created_at, updated_at
from mentorship.matches
where id = $2
  and ($1 in (mentor_id, mentee_id) or identity.has_role($1, 'mentorship', 'admin'))

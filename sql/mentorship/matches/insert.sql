-- $1 mentee  $2 mentor  $3 goal
insert into mentorship.matches (mentee_id, mentor_id, goal)
select $1, $2, $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, mentor_id, mentee_id, goal, status, admin_id, created_at, updated_at

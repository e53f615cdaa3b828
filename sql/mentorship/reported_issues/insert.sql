-- $1 who reports it  $2 title  $3 description
insert into mentorship.reported_issues (user_id, title, description)
select $1, $2, $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, user_id, title, description, status, assigned_to_id, created_at, updated_at

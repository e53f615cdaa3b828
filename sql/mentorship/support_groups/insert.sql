-- $1 who acts  $2 name  $3 description
insert into mentorship.support_groups (name, description)
select $2, $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, name, description, member_count, last_active, created_at, updated_at

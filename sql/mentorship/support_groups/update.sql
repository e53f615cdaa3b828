-- $1 who acts  $2 group  $3 accepted versions  $4 name  $5 description
update mentorship.support_groups
set name = $4,
    description = $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, name, description, member_count, last_active, created_at, updated_at

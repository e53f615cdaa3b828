-- $1 owner  $2 title  $3 context  $4 metadata
insert into coach.conversations (user_id, title, context, metadata)
select $1, $2, $3, $4
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, title, context, metadata, created_at, updated_at

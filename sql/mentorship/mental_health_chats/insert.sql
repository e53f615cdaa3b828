-- $1 owner  $2 message  $3 is from user  $4 sentiment
insert into mentorship.mental_health_chats (user_id, message, is_from_user, sentiment)
select $1, $2, $3, $4
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, message, is_from_user, sentiment, created_at, updated_at

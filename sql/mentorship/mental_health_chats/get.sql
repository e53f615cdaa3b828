-- $1 owner  $2 message
select id, message, is_from_user, sentiment, created_at, updated_at
from mentorship.mental_health_chats
where user_id = $1
  and id = $2

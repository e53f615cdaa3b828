-- The whole history.
-- $1 owner
delete from mentorship.mental_health_chats
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1

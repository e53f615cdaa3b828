-- $1 owner
delete from mentorship.microsoft_tokens
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1

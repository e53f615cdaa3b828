-- $1 author  $2 session  $3 feedback  $4 accepted versions
delete from mentorship.feedback
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where from_user_id = $1
  and session_id = $2
  and id = $3
  and ($4::timestamptz[] is null or updated_at = any ($4))
returning id

-- By either; whoever was rejected does not take it away to ask again.
-- $1 one of the two  $2 id  $3 accepted versions
delete from mentorship.user_connections
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($1 = receiver_id or ($1 = requester_id and status <> 'rejected'))
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

-- A trigger refuses it once the request was accepted.
-- $1 mother  $2 proxy request  $3 accepted versions
delete from mentorship.proxy_requests
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where mother_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

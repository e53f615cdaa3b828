-- Takes a client's key for this transaction and reads the answer that it may have already.
-- $1 user  $2 key
select pg_try_advisory_xact_lock(hashtextextended($1::uuid::text || ' ' || $2::text, 0)) as "claimed!",
       stored.request_hash as "request_hash?",
       stored.status as "status?",
       stored.headers ->> 'etag' as etag,
       stored.headers ->> 'location' as location,
       stored.response_body as "response_body?"
from (values (true)) as asked
left join identity.idempotency_keys as stored
  on stored.user_id = $1 and stored.key = $2 and stored.expires_at > now()

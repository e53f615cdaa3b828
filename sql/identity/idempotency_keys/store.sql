-- Keeps the answer for 24 hours; gives no row when another request has just stored its own.
-- $1 user  $2 key  $3 request hash  $4 status  $5 ETag  $6 Location  $7 body
insert into identity.idempotency_keys as stored
  (user_id, key, request_hash, status, headers, response_body)
values ($1, $2, $3, $4, jsonb_strip_nulls(jsonb_build_object('etag', $5::text, 'location', $6::text)), $7)
on conflict (user_id, key) do update
set request_hash = excluded.request_hash,
    status = excluded.status,
    headers = excluded.headers,
    response_body = excluded.response_body,
    created_at = excluded.created_at,
    expires_at = excluded.expires_at
where stored.expires_at <= now()
returning stored.key

-- A trigger refuses it once it was decided on.
-- $1 the provider  $2 credential  $3 accepted versions  $4 type  $5 document url  $6 issued on  $7 expires on
update visitnow.credentials
set type = $4,
    document_url = $5,
    issued_on = $6,
    expires_on = $7
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and provider_id = (select providers.id from visitnow.providers where providers.user_id = $1)
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, provider_id, type, document_url, status, issued_on, expires_on, notes, created_at, updated_at,
          true as "may_write!"

-- A trigger refuses everybody but the provider.
-- $1 who submits it  $2 provider  $3 type  $4 document url  $5 issued on  $6 expires on
insert into visitnow.credentials (provider_id, type, document_url, issued_on, expires_on)
select $2, $3, $4, $5, $6
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, provider_id, type, document_url, status, issued_on, expires_on, notes, created_at, updated_at,
          true as "may_write!"

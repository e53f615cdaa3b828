-- A trigger refuses what is no move from here.
-- $1 an administrator  $2 credential  $3 what they say to it
update visitnow.credentials
set status = 'rejected',
    notes = $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and identity.has_role($1, 'visitnow', 'admin')
returning id, provider_id, type, document_url, status, issued_on, expires_on, notes, created_at, updated_at,
          false as "may_write!"

-- $1 the provider, or an administrator  $2 credential
select id, provider_id, type, document_url, status, issued_on, expires_on, notes, created_at, updated_at
from visitnow.credentials
where id = $2
  and (
    provider_id = (select providers.id from visitnow.providers where providers.user_id = $1)
    or identity.has_role($1, 'visitnow', 'admin'))

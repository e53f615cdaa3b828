-- $1 the provider, or an administrator  $2 credential
select credentials.id, provider_id, type, document_url, credentials.status, issued_on, expires_on, notes,
       credentials.created_at, credentials.updated_at, providers.user_id = $1 as "may_write!"
from visitnow.credentials
join visitnow.providers on providers.id = provider_id
where credentials.id = $2
  and (providers.user_id = $1 or identity.has_role($1, 'visitnow', 'admin'))

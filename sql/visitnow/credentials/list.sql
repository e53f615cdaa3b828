-- A provider's own; each status has its newest in order. Who may write is asked of one alone.
-- $1 the provider  $2 last id seen  $3 rows  $4 statuses, none: all
select credential.id, credential.provider_id, credential.type, credential.document_url, credential.status,
       credential.issued_on, credential.expires_on, credential.notes, credential.created_at, credential.updated_at,
       false as "may_write!"
from (
  select distinct unnest(
    case
      when cardinality($4::visitnow.credential_status[]) = 0 then enum_range(null::visitnow.credential_status)
      else $4
    end)
) as wanted (status)
cross join lateral (
  select id, provider_id, type, document_url, status, issued_on, expires_on, notes, created_at, updated_at
  from visitnow.credentials
  where provider_id = (select providers.id from visitnow.providers where providers.user_id = $1)
    and credentials.status >= wanted.status
    and (credentials.status, id) < (wanted.status, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by credentials.status desc, id desc
  limit $3
) as credential
order by credential.id desc
limit $3

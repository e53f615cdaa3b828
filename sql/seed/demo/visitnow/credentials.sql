-- $1 the practices of the demo
insert into visitnow.credentials
  (id, provider_id, type, document_url, status, issued_on, expires_on, notes, created_at, updated_at)
select credential.id,
       providers.id,
       credential.type,
       credential."documentUrl",
       credential.status,
       current_date + credential."issuedInDays",
       current_date + credential."expiresInDays",
       credential.notes,
       now() - credential."createdDaysAgo" * interval '1 day',
       now() - credential."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'credentials') as credential (
  id uuid,
  provider uuid,
  type visitnow.credential_type,
  "documentUrl" text,
  status visitnow.credential_status,
  "issuedInDays" integer,
  "expiresInDays" integer,
  notes text,
  "createdDaysAgo" double precision,
  "changedDaysAgo" double precision)
join visitnow.providers on providers.id = credential.provider
on conflict do nothing

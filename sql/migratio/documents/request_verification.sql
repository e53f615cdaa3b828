-- A trigger refuses it while it is waited for, or done.
-- $1 owner  $2 document
update migratio.documents
set verification_status = 'pending',
    verified_by_id = null,
    verification_notes = null
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
returning id, document_type_id, title, file_name, file_url, file_size_bytes, mime_type, status, verification_status,
          verified_by_id, verification_notes, issue_date, expiry_date, document_number, notes, created_at, updated_at,
          (select name from migratio.document_types where id = document_type_id) as "document_type_name!"

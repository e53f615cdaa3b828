-- One that nobody was ever asked about is not found, unless it is one's own. A trigger refuses what is no move from here, and
-- every decision on one's own.
-- $1 a consultant  $2 document  $3 what they say to it  $4 the version that they have looked at, null: any
update migratio.documents
set verification_status = 'rejected',
    verified_by_id = $1,
    verification_notes = $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and (verification_status <> 'unverified' or user_id = $1)
  and identity.has_role($1, 'migratio', 'consultant', 'admin')
  and migratio.is_seen($4, updated_at)
returning id, user_id, document_type_id, title, file_name, file_url, file_size_bytes, mime_type, verification_status,
          verified_by_id, verification_notes, issue_date, expiry_date, created_at, updated_at,
          (select name from migratio.document_types where id = document_type_id) as "document_type_name!"

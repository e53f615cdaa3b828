-- $1 owner  $2 document  $3 the version that was read  $4 document type  $5 title  $6 file name  $7 file url  $8 file size
-- $9 media type  $10 status  $11 issue date  $12 expiry date  $13 document number, encrypted  $14 notes
update migratio.documents
set document_type_id = $4,
    title = $5,
    file_name = $6,
    file_url = $7,
    file_size_bytes = $8,
    mime_type = $9,
    status = $10,
    issue_date = $11,
    expiry_date = $12,
    document_number = $13,
    notes = $14
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and updated_at = $3
returning id, document_type_id, title, file_name, file_url, file_size_bytes, mime_type, status, verification_status,
          verified_by_id, verification_notes, issue_date, expiry_date, document_number, notes, created_at, updated_at,
          (select name from migratio.document_types where id = document_type_id) as "document_type_name!"

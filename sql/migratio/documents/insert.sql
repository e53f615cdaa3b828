-- $1 owner  $2 id  $3 document type  $4 title  $5 file name  $6 file url  $7 file size  $8 media type  $9 status
-- $10 issue date  $11 expiry date  $12 document number, encrypted  $13 notes
insert into migratio.documents
  (user_id, id, document_type_id, title, file_name, file_url, file_size_bytes, mime_type, status, issue_date, expiry_date,
   document_number, notes)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, document_type_id, title, file_name, file_url, file_size_bytes, mime_type, status, verification_status,
          verified_by_id, verification_notes, issue_date, expiry_date, document_number, notes, created_at, updated_at,
          (select name from migratio.document_types where id = document_type_id) as "document_type_name!"

-- $1 owner  $2 document
select documents.id, document_type_id, document_types.name as document_type_name, title, file_name, file_url,
       file_size_bytes, mime_type, status, verification_status, verified_by_id, verification_notes, issue_date,
       expiry_date, document_number, notes, documents.created_at, documents.updated_at
from migratio.documents
join migratio.document_types on document_types.id = document_type_id
where user_id = $1
  and documents.id = $2

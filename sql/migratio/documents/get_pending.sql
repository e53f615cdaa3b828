-- $1 a consultant  $2 document
select documents.id, user_id, document_type_id, document_types.name as document_type_name, title, file_name, file_url,
       file_size_bytes, mime_type, verification_status, verified_by_id, verification_notes, issue_date, expiry_date,
       documents.created_at, documents.updated_at
from migratio.documents
join migratio.document_types on document_types.id = document_type_id
where documents.id = $2
  and verification_status = 'pending'
  and identity.has_role($1, 'migratio', 'consultant', 'admin')

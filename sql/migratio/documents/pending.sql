-- The oldest first.
-- $1 a consultant  $2 last id seen  $3 rows
select documents.id, user_id, document_type_id, document_types.name as document_type_name, title, file_name, file_url,
       file_size_bytes, mime_type, verification_status, verified_by_id, verification_notes, issue_date, expiry_date,
       documents.created_at, documents.updated_at
from migratio.documents
join migratio.document_types on document_types.id = document_type_id
where verification_status = 'pending'
  and documents.id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'::uuid)
  and identity.has_role($1, 'migratio', 'consultant', 'admin')
order by documents.id
limit $3

-- $1 owner  $2 last id seen  $3 rows  $4 status, if only that  $5 document type, if only that
select documents.id, document_type_id, document_types.name as document_type_name, title, file_name, file_url,
       file_size_bytes, mime_type, status, verification_status, verified_by_id, verification_notes, issue_date,
       expiry_date, document_number, notes, documents.created_at, documents.updated_at
from migratio.documents
join migratio.document_types on document_types.id = document_type_id
where user_id = $1
  and documents.id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when $4::migratio.document_status is null then true else status = $4 end
  and case when $5::uuid is null then true else document_type_id = $5 end
order by documents.id desc
limit $3

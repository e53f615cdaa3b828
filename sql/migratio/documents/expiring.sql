-- Those that are over already, too.
-- $1 owner  $2 expiry date and $3 id of the last one seen  $4 rows  $5 within so many days (UTC)
select documents.id, document_type_id, document_types.name as document_type_name, title, file_name, file_url,
       file_size_bytes, mime_type, status, verification_status, verified_by_id, verification_notes, issue_date,
       expiry_date, document_number, notes, documents.created_at, documents.updated_at
from migratio.documents
join migratio.document_types on document_types.id = document_type_id
where user_id = $1
  and expiry_date <= (now() at time zone 'UTC')::date + $5::integer
  and (expiry_date, documents.id) > (coalesce($2::date, '-infinity'), coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'::uuid))
  and status <> 'archived'
order by expiry_date, documents.id
limit $4

-- $1 the emigrants of the demo
insert into migratio.documents (
  user_id, id, document_type_id, title, file_name, file_url, file_size_bytes, mime_type, status,
  verification_status, issue_date, expiry_date)
select
  own.user_id, own.id, own.document_type_id, own.title, own.file_name, own.file_url, own.file_size_bytes,
  own.mime_type, own.status, own.verification_status, own.issue_date, own.expiry_date
from jsonb_to_recordset($1::jsonb -> 'documents') as own (
  user_id uuid, id uuid, document_type_id uuid, title text, file_name text, file_url text, file_size_bytes bigint,
  mime_type text, status migratio.document_status, verification_status migratio.verification_status,
  issue_date date, expiry_date date)
join identity.users as person on person.id = own.user_id
join migratio.document_types as kind on kind.id = own.document_type_id
on conflict do nothing

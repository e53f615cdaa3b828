-- $1 the kinds of documents
insert into migratio.document_types
  (id, code, name, category, accepted_file_types, max_file_size_bytes, expires, validity_months, guidance, created_at,
   updated_at)
select kind.id,
       kind.code,
       kind.name,
       kind.category,
       kind."acceptedFileTypes",
       kind."maxFileSizeBytes",
       kind.expires,
       kind."validityMonths",
       kind.guidance,
       since.made,
       since.made
from jsonb_to_recordset($1::jsonb) as kind (
  id uuid,
  code text,
  name text,
  category text,
  "acceptedFileTypes" text[],
  "maxFileSizeBytes" bigint,
  expires boolean,
  "validityMonths" integer,
  guidance jsonb)
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

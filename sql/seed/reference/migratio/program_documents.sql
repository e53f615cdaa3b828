-- Each programme asks for what it defines; no trigger says so here.
-- $1 the programmes
insert into migratio.program_documents (program_id, requirement_id, created_at)
select own.program_id, own.id, own.created_at
from jsonb_to_recordset($1::jsonb) as source (id uuid, "documentRequirements" jsonb)
cross join jsonb_to_recordset(source."documentRequirements") as requirement (id uuid)
join migratio.document_requirements as own on own.id = requirement.id and own.program_id = source.id
on conflict do nothing

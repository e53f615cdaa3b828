-- In the order of the file. Those of a programme that content managers wrote themselves under its name stay away; kinds
-- of documents are found by their codes.
-- $1 the programmes
insert into migratio.document_requirements
  (id, program_id, document_type_id, name, description, is_required, stage, fees, position, created_at, updated_at)
select requirement.id,
       program.id,
       kind.id,
       requirement.name,
       requirement.description,
       coalesce(requirement."isRequired", true),
       coalesce(requirement.stage, 'ApplicationPrep'),
       requirement.fees,
       listed.position,
       since.made,
       since.made
from jsonb_to_recordset($1::jsonb) as source (id uuid, "documentRequirements" jsonb)
join migratio.programs as program on program.id = source.id
cross join jsonb_array_elements(source."documentRequirements") with ordinality as listed (requirement, position)
cross join jsonb_to_record(listed.requirement) as requirement (
  id uuid,
  "documentType" text,
  name text,
  description text,
  "isRequired" boolean,
  stage migratio.phase_name,
  fees jsonb)
join migratio.document_types as kind on kind.code = requirement."documentType"
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

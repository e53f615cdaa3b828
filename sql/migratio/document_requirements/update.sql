-- Only the programme that defined it changes it.
-- $1 who acts  $2 programme  $3 document requirement  $4 accepted versions  $5 document type  $6 name  $7 description
-- $8 is required  $9 stage  $10 fees  $11 position
with program as (
  -- Locked before what hangs on it, as when it is deleted.
  select id
  from migratio.programs
  where id = $2
  for no key update
)
update migratio.document_requirements as requirement
set document_type_id = $5,
    name = $6,
    description = $7,
    is_required = $8,
    stage = $9,
    fees = $10,
    position = $11
from program
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where requirement.program_id = program.id
  and requirement.id = $3
  and ($4::timestamptz[] is null or requirement.updated_at = any ($4))
returning requirement.id, requirement.program_id, requirement.document_type_id, requirement.name,
          requirement.description, requirement.is_required, requirement.stage, requirement.fees, requirement.position,
          requirement.created_at, requirement.updated_at, true as "own!"

-- The programme then asks for it. No row: there is no such programme.
-- $1 who acts  $2 programme  $3 document type  $4 name  $5 description  $6 is required  $7 stage  $8 fees  $9 position
with program as (
  select id
  from migratio.programs
  where id = $2
  for key share
)
insert into migratio.document_requirements
  (program_id, document_type_id, name, description, is_required, stage, fees, position)
select program.id, $3, $4, $5, $6, $7, $8, $9
from program
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, program_id, document_type_id, name, description, is_required, stage, fees, position, created_at,
          updated_at, true as "own!"

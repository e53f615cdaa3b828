-- What is not asked for is dropped. No row: there is no such programme, or no such document requirement.
-- $1 who acts  $2 programme  $3 document requirement
with dropped as (
  delete from migratio.program_documents
  using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where program_id = $2
    and requirement_id = $3
)
select requirement.id
from migratio.document_requirements as requirement
cross join migratio.programs as program
where requirement.id = $3
  and program.id = $2

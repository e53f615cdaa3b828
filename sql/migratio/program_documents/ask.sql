-- What is asked for already stays so. No row: there is no such programme, or no such document requirement.
-- $1 who acts  $2 programme  $3 document requirement
with program as (
  select id
  from migratio.programs
  where id = $2
  for key share
), requirement as (
  select id
  from migratio.document_requirements
  where id = $3
  for key share
)
insert into migratio.program_documents as asked (program_id, requirement_id)
select program.id, requirement.id
from program
cross join requirement
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (program_id, requirement_id) do update
set created_at = asked.created_at -- changes nothing, but gives the row
returning asked.requirement_id

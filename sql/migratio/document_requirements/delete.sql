-- Only the programme that defined it deletes it; nobody asks for it any more.
-- $1 who acts  $2 programme  $3 document requirement  $4 accepted versions
with program as (
  -- Locked before what hangs on it, as when it is deleted.
  select id
  from migratio.programs
  where id = $2
  for no key update
)
delete from migratio.document_requirements as requirement
using program
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where requirement.program_id = program.id
  and requirement.id = $3
  and ($4::timestamptz[] is null or requirement.updated_at = any ($4))
returning requirement.id

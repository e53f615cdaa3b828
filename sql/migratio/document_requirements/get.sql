-- What a programme asks for; its own it is where the programme has defined it.
-- $1 programme  $2 document requirement
select requirement.id, requirement.program_id, requirement.document_type_id, requirement.name,
       requirement.description, requirement.is_required, requirement.stage, requirement.fees, requirement.position,
       requirement.created_at, requirement.updated_at, requirement.program_id = asked.program_id as "own!"
from migratio.program_documents as asked
join migratio.document_requirements as requirement on requirement.id = asked.requirement_id
where asked.program_id = $1
  and asked.requirement_id = $2

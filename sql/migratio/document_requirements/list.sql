-- What a programme asks for, its own and what it shares.
-- $1 programme  $2 last position seen  $3 last id seen  $4 rows
select requirement.id, requirement.program_id, requirement.document_type_id, requirement.name,
       requirement.description, requirement.is_required, requirement.stage, requirement.fees, requirement.position,
       requirement.created_at, requirement.updated_at, requirement.program_id = asked.program_id as "own!"
from migratio.program_documents as asked
join migratio.document_requirements as requirement on requirement.id = asked.requirement_id
where asked.program_id = $1
  and (requirement.position, requirement.id) > (coalesce($2::integer, -1), coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'::uuid))
order by requirement.position, requirement.id
limit $4

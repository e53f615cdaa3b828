-- $1 owner  $2 checklist
select id, program_id, roadmap_id, title, status, items, completion_percentage, created_at, updated_at
from migratio.document_checklists
where user_id = $1
  and id = $2

-- $1 owner  $2 checklist  $3 accepted versions  $4 title
update migratio.document_checklists
set title = $4
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, program_id, roadmap_id, title, status, items, completion_percentage, created_at, updated_at

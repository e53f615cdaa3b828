-- $1 owner  $2 checklist  $3 item
update migratio.document_checklists
set items = items || jsonb_build_array(jsonb_strip_nulls($3))
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
returning id, program_id, roadmap_id, title, status, items, completion_percentage, created_at, updated_at

-- In one statement, so that of changes at the same time none is lost.
-- $1 owner  $2 checklist  $3 accepted versions  $4 item  $5 patch; null in it removes
update migratio.document_checklists
set items = migratio.merged(items, $4::uuid::text, $5)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
  and items @> jsonb_build_array(jsonb_build_object('id', $4::uuid))
returning id, program_id, roadmap_id, title, status, items, completion_percentage, created_at, updated_at

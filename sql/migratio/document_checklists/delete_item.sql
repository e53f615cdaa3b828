-- $1 owner  $2 checklist  $3 accepted versions  $4 item
update migratio.document_checklists
set items = jsonb_path_query_array(items, '$[*] ? (@.id != $id)', jsonb_build_object('id', $4::uuid))
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
  and items @> jsonb_build_array(jsonb_build_object('id', $4::uuid))
returning id

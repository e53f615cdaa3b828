-- $1 owner  $2 checklist  $3 accepted versions
delete from migratio.document_checklists
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

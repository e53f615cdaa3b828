-- Checklists with an item that has it are locked first, as whoever changes them does: neither waits for the other in a circle.
-- $1 owner  $2 document  $3 accepted versions
with held as materialized (
  select id
  from migratio.document_checklists
  where user_id = $1
    and items @> jsonb_build_array(jsonb_build_object('documentId', $2::uuid))
  order by id
  for no key update
)
delete from migratio.documents
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor, (select count(*) from held) as checklists
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

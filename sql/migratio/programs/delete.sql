-- A programme with roadmaps or recommendations stays.
-- $1 who acts  $2 programme  $3 accepted versions
delete from migratio.programs
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

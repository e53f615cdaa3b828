-- $1 a writer  $2 resource  $3 accepted versions
delete from migratio.resources
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

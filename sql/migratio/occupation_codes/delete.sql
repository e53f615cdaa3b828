-- $1 who acts  $2 occupation code  $3 accepted versions
delete from migratio.occupation_codes
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

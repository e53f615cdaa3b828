-- Whoever comes second, this or the server that takes it, finds that it is too late.
-- $1 owner  $2 import  $3 accepted versions
delete from smatrx.skill_imports
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and status <> 'processing'
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

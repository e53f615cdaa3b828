-- Nobody has it any more.
-- $1 who acts  $2 skill  $3 accepted versions
delete from smatrx.skills
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

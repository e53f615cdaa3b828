-- An administrator takes an achievement back.
-- $1 actor  $2 user  $3 achievement  $4 accepted versions
delete from smatrx.achievements
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $2
  and id = $3
  and ($4::timestamptz[] is null or updated_at = any ($4))
returning id

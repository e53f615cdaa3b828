-- $1 owner  $2 analysis  $3 accepted versions
delete from smatrx.skill_analyses
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or created_at = any ($3))
returning id

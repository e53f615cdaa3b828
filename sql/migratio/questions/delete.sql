-- One that was answered, or that another depends on, stays.
-- $1 who acts  $2 question  $3 accepted versions
delete from migratio.questions
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

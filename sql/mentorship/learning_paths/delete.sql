-- Everybody's progress on it goes with it.
-- $1 who acts  $2 learning path  $3 accepted versions
delete from mentorship.learning_paths
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

-- $1 author  $2 session  $3 note  $4 accepted versions  $5 notes  $6 is private
update mentorship.session_notes
set notes = $5,
    is_private = $6
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where created_by_id = $1
  and session_id = $2
  and id = $3
  and ($4::timestamptz[] is null or updated_at = any ($4))
returning id, session_id, created_by_id, notes, is_private, created_at, updated_at

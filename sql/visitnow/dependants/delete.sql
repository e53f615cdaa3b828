-- A trigger cancels the appointments that are still to be held.
-- $1 who takes care of them  $2 dependant  $3 accepted versions
delete from visitnow.dependants
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and patient_id = (select own.id from visitnow.patients as own where own.user_id = $1)
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

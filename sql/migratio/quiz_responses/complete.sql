-- A trigger refuses what is over. From here on nothing is answered.
-- $1 owner  $2 session
update migratio.quiz_responses
set status = 'completed',
    completed_at = now()
from (select set_config('trellis.actor', $1::uuid::text, true), migratio.hold_person($1)) as actor
where user_id = $1
  and id = $2
returning id

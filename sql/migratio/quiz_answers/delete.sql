-- A trigger refuses it unless the session is in progress.
-- $1 owner  $2 session  $3 question's code
delete from migratio.quiz_answers
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and quiz_response_id = $2
  and question_id = $3
returning id

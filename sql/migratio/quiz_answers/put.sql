-- A trigger refuses it unless the session is in progress. Nothing is written where there is no such country.
-- $1 owner  $2 session  $3 question's code  $4 answer  $5 country that it names; null: none
insert into migratio.quiz_answers (user_id, quiz_response_id, question_id, answer)
select $1, $2, $3, $4
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where case
  when $5::text is null then true
  else exists (select from migratio.countries where alpha2 = $5 and is_active)
end
on conflict (user_id, quiz_response_id, question_id) do update set answer = excluded.answer
returning question_id, answer, true as "counts!", created_at, updated_at

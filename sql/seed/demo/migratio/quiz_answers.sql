-- $1 the emigrants of the demo
insert into migratio.quiz_answers (
  user_id, id, quiz_response_id, question_id, answer)
select
  own.user_id, own.id, own.quiz_response_id, own.question_id, own.answer
from jsonb_to_recordset($1::jsonb -> 'quiz_answers') as own (
  user_id uuid, id uuid, quiz_response_id uuid, question_id text, answer jsonb)
join identity.users as person on person.id = own.user_id
join migratio.quiz_responses as parent on parent.user_id = own.user_id and parent.id = own.quiz_response_id
join migratio.questions as question on question.question_id = own.question_id
on conflict do nothing

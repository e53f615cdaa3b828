-- $1 the emigrants of the demo
insert into migratio.recommendations (
  user_id, id, quiz_response_id, profile_snapshot)
select
  own.user_id, own.id, quiz.id, own.profile_snapshot
from jsonb_to_recordset($1::jsonb -> 'recommendations') as own (
  user_id uuid, id uuid, quiz_response_id uuid, profile_snapshot jsonb)
join identity.users as person on person.id = own.user_id
left join migratio.quiz_responses as quiz on quiz.user_id = own.user_id and quiz.id = own.quiz_response_id
on conflict do nothing

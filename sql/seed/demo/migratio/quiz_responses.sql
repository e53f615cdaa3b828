-- $1 the emigrants of the demo
insert into migratio.quiz_responses (
  user_id, id, status, language, profile_snapshot, completed_at)
select
  own.user_id, own.id, own.status, own.language, own.profile_snapshot,
  case own.status when 'completed' then now() end
from jsonb_to_recordset($1::jsonb -> 'quiz_responses') as own (
  user_id uuid, id uuid, status migratio.quiz_status, language text, profile_snapshot jsonb)
join identity.users as person on person.id = own.user_id
on conflict do nothing

-- $1 the emigrants of the demo
insert into migratio.members (
  user_id, id, preferences)
select
  own.user_id, own.id, own.preferences
from jsonb_to_recordset($1::jsonb -> 'members') as own (
  user_id uuid, id uuid, preferences jsonb)
join identity.users as person on person.id = own.user_id
on conflict do nothing

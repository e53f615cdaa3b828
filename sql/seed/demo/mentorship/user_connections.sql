-- $1 the organization of the demo
insert into mentorship.user_connections (id, requester_id, receiver_id, status, created_at, updated_at)
select connection.id,
       requester.id,
       receiver.id,
       connection.status,
       now() - connection."createdDaysAgo" * interval '1 day',
       now() - connection."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'connections') as connection (
  id uuid,
  requester text,
  receiver text,
  status mentorship.connection_status,
  "createdDaysAgo" double precision,
  "changedDaysAgo" double precision)
join identity.users as requester on requester.id = ($1::jsonb #>> array['people', connection.requester])::uuid
join identity.users as receiver on receiver.id = ($1::jsonb #>> array['people', connection.receiver])::uuid
on conflict do nothing

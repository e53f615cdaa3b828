-- $1 the practices of the demo
insert into visitnow.ticket_participants (ticket_id, user_id, created_at)
select tickets.id, person.id, tickets.created_at
from jsonb_to_recordset($1::jsonb -> 'tickets') as demo (id uuid, participants text[])
join visitnow.tickets on tickets.id = demo.id
cross join unnest(demo.participants) as participant (name)
join identity.users as person on person.id = ($1::jsonb #>> array['people', participant.name])::uuid
on conflict do nothing

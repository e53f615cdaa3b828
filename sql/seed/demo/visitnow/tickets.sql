-- $1 the practices of the demo
insert into visitnow.tickets
  (id, category, priority, status, subject, description, appointment_id, assigned_to_id, events, created_at, updated_at)
select ticket.id,
       ticket.category,
       ticket.priority,
       ticket.status,
       ticket.subject,
       ticket.description,
       appointments.id,
       keeper.id,
       story.events,
       now() - ticket."createdDaysAgo" * interval '1 day',
       story.ended
from jsonb_to_recordset($1::jsonb -> 'tickets') as ticket (
  id uuid,
  category visitnow.ticket_category,
  priority visitnow.ticket_priority,
  status visitnow.ticket_status,
  subject text,
  description text,
  appointment uuid,
  "assignedTo" text,
  participants text[],
  events jsonb,
  "createdDaysAgo" double precision)
join identity.users as opener on opener.id = ($1::jsonb #>> array['people', ticket.participants[1]])::uuid
left join visitnow.appointments on appointments.id = ticket.appointment
left join identity.users as keeper on keeper.id = ($1::jsonb #>> array['people', ticket."assignedTo"])::uuid
cross join lateral (
  select jsonb_agg((event - 'daysAgo') || jsonb_build_object('at', happened.at) order by place), max(happened.at)
  from jsonb_array_elements(ticket.events) with ordinality as events (event, place)
  cross join lateral (select now() - (event ->> 'daysAgo')::double precision * interval '1 day') as happened (at)
) as story (events, ended)
on conflict do nothing

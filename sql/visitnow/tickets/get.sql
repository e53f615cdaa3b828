-- $1 who follows it, or an administrator  $2 ticket
select id, ticket_number, category, priority, status, subject, description, appointment_id, assigned_to_id,
       array(
         select own.user_id
         from visitnow.ticket_participants as own
         where own.ticket_id = tickets.id
         order by own.created_at, own.user_id
       ) as "participant_ids!", events, created_at, updated_at
from visitnow.tickets
where id = $2
  and (
    exists (select from visitnow.ticket_participants as part where part.user_id = $1 and part.ticket_id = id)
    or identity.has_role($1, 'visitnow', 'admin'))

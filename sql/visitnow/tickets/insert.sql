-- Whoever opens it follows it. A trigger refuses an appointment that is not theirs.
-- $1 who opens it  $2 category  $3 subject  $4 description  $5 appointment
with opened as (
  insert into visitnow.tickets (category, subject, description, appointment_id)
  select $2, $3, $4, $5
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  returning id, ticket_number, category, priority, status, subject, description, appointment_id, assigned_to_id, events,
            created_at, updated_at
), followed as (
  insert into visitnow.ticket_participants (ticket_id, user_id)
  select opened.id, $1
  from opened
  returning ticket_id, user_id
)
select id as "id!", ticket_number as "ticket_number!", category as "category!", priority as "priority!", status as "status!",
       subject as "subject!", description as "description!", appointment_id, assigned_to_id,
       array[followed.user_id] as "participant_ids!", events as "events!: Json<Vec<TicketEvent>>", created_at as "created_at!",
       updated_at as "updated_at!"
from opened
join followed on followed.ticket_id = opened.id

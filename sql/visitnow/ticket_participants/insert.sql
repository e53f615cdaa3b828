-- Who follows it already stays as they are. The ticket becomes another version, for it names who follows it.
-- $1 an administrator  $2 ticket  $3 who shall follow it
with followed as (
  update visitnow.tickets
  set events = events
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where id = $2
    and identity.has_role($1, 'visitnow', 'admin')
  returning id, ticket_number, category, priority, status, subject, description, appointment_id, assigned_to_id, events,
            created_at, updated_at
), added as (
  insert into visitnow.ticket_participants (ticket_id, user_id)
  select followed.id, $3
  from followed
  on conflict (user_id, ticket_id) do nothing
  returning user_id, created_at
)
select id as "id!", ticket_number as "ticket_number!", category as "category!", priority as "priority!", status as "status!",
       subject as "subject!", description as "description!", appointment_id, assigned_to_id,
       array(
         select part.user_id
         from (
           select own.user_id, own.created_at
           from visitnow.ticket_participants as own
           where own.ticket_id = followed.id
           union all
           select added.user_id, added.created_at
           from added
         ) as part
         order by part.created_at, part.user_id
       ) as "participant_ids!", events as "events!: Json<Vec<TicketEvent>>", created_at as "created_at!",
       updated_at as "updated_at!"
from followed

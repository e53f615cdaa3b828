-- A trigger refuses what is no move of theirs from here.
-- $1 who follows it, or an administrator  $2 ticket  $3 what they say to it
update visitnow.tickets
set status = 'closed'
from (select set_config('trellis.actor', $1::uuid::text, true), set_config('trellis.note', coalesce($3, ''), true)) as actor
where id = $2
  and (
    exists (select from visitnow.ticket_participants as part where part.user_id = $1 and part.ticket_id = id)
    or identity.has_role($1, 'visitnow', 'admin'))
returning id, ticket_number, category, priority, status, subject, description, appointment_id, assigned_to_id,
          array(
            select own.user_id
            from visitnow.ticket_participants as own
            where own.ticket_id = tickets.id
            order by own.created_at, own.user_id
          ) as "participant_ids!", events, created_at, updated_at

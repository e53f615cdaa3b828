-- The ticket is locked first, as by everybody who changes it. With the last one a trigger deletes it.
-- $1 who leaves, or an administrator  $2 ticket  $3 who leaves
with locked as materialized (
  select id
  from visitnow.tickets
  where id = $2
  for update
)
delete from visitnow.ticket_participants
using locked, (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where ticket_id = locked.id
  and user_id = $3
  and ($3 = $1 or identity.has_role($1, 'visitnow', 'admin'))
returning ticket_id

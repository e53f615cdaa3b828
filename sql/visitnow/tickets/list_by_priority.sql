-- Each status has its most pressing in order, and among these the newest: by status, priority and id, lest PostgreSQL walk
-- through all tickets in search of a rare one.
-- $1 administrator  $2 last priority seen  $3 last id seen  $4 rows  $5 statuses, none: all  $6 priorities, none: all
select ticket.id, ticket.ticket_number, ticket.category, ticket.priority, ticket.status, ticket.subject,
       ticket.appointment_id, ticket.assigned_to_id, ticket.created_at, ticket.updated_at
from (
  select distinct unnest(
    case when cardinality($5::visitnow.ticket_status[]) = 0 then enum_range(null::visitnow.ticket_status) else $5 end)
) as wanted (status)
cross join (
  select distinct unnest(
    case when cardinality($6::visitnow.ticket_priority[]) = 0 then enum_range(null::visitnow.ticket_priority) else $6 end)
) as pressing (priority)
cross join lateral (
  select id, ticket_number, category, priority, status, subject, appointment_id, assigned_to_id, created_at, updated_at
  from visitnow.tickets
  where (tickets.status, tickets.priority) >= (wanted.status, pressing.priority)
    and (tickets.status, tickets.priority, id) < (
      wanted.status,
      pressing.priority,
      case when pressing.priority = $2 then $3::uuid else 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid end)
  order by tickets.status desc, tickets.priority desc, id desc
  limit $4
) as ticket
where identity.has_role($1, 'visitnow', 'admin')
  and case when $2::visitnow.ticket_priority is null then true else pressing.priority <= $2 end
order by ticket.priority desc, ticket.id desc
limit $4

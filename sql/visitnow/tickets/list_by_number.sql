-- By its letters: ~ follows all that are in a number.
-- $1 administrator  $2 beginning of the number, in capital letters  $3 last number seen  $4 rows  $5 statuses, none: all
-- $6 priorities, none: all
select id, ticket_number, category, priority, status, subject, appointment_id, assigned_to_id, created_at, updated_at
from visitnow.tickets
where identity.has_role($1, 'visitnow', 'admin')
  and ticket_number operator(pg_catalog.~>=~) $2
  and ticket_number operator(pg_catalog.~<~) coalesce($3, $2 || '~')
  and case when cardinality($5::visitnow.ticket_status[]) = 0 then true else status = any ($5) end
  and case when cardinality($6::visitnow.ticket_priority[]) = 0 then true else priority = any ($6) end
order by ticket_number using operator(pg_catalog.~>~)
limit $4

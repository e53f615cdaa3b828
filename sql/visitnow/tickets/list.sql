-- $1 who follows them  $2 last id seen  $3 rows  $4 statuses, none: all  $5 priorities, none: all
-- $6 beginning of the number, in capital letters
select tickets.id, ticket_number, category, priority, status, subject, appointment_id, assigned_to_id, tickets.created_at,
       updated_at
from visitnow.ticket_participants as part
join visitnow.tickets on tickets.id = part.ticket_id
where part.user_id = $1
  and part.ticket_id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::visitnow.ticket_status[]) = 0 then true else status = any ($4) end
  and case when cardinality($5::visitnow.ticket_priority[]) = 0 then true else priority = any ($5) end
  and case when $6::text is null then true else starts_with(ticket_number, $6) end
order by part.ticket_id desc
limit $3

-- Those still to come, soonest first.
-- Each side has its index, and nobody has both sides of a session.
-- $1 participant  $2 last id seen  $3 rows  $4 last date seen  $5 as the mentor  $6 statuses  $7 from  $8 before
select id as "id!", mentor_id as "mentor_id!", mentee_id as "mentee_id!", title as "title!", description, agenda,
       date as "date!", duration as "duration!", status as "status!", meeting_link, proposed_date, proposed_by,
       response_message, created_at as "created_at!", updated_at as "updated_at!"
from (
  (
    select id, mentor_id, mentee_id, title, description, agenda, date, duration, status, meeting_link, proposed_date,
           proposed_by, response_message, created_at, updated_at
    from mentorship.sessions
    where mentor_id = $1
      and $5::boolean is not false
      and (date, id) > (
        coalesce($4::timestamptz, '-infinity'), coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'))
      and date >= now()
      and status in ('pending', 'proposed', 'requested', 'confirmed', 'rescheduled')
      and date >= coalesce($7::timestamptz, '-infinity')
      and date < coalesce($8::timestamptz, 'infinity')
      and case when cardinality($6::mentorship.session_status[]) = 0 then true else status = any ($6) end
    order by date, id
    limit $3
  )
  union all
  (
    select id, mentor_id, mentee_id, title, description, agenda, date, duration, status, meeting_link, proposed_date,
           proposed_by, response_message, created_at, updated_at
    from mentorship.sessions
    where mentee_id = $1
      and $5::boolean is not true
      and (date, id) > (
        coalesce($4::timestamptz, '-infinity'), coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'))
      and date >= now()
      and status in ('pending', 'proposed', 'requested', 'confirmed', 'rescheduled')
      and date >= coalesce($7::timestamptz, '-infinity')
      and date < coalesce($8::timestamptz, 'infinity')
      and case when cardinality($6::mentorship.session_status[]) = 0 then true else status = any ($6) end
    order by date, id
    limit $3
  )
) as own
order by date, id
limit $3

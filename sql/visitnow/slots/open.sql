-- Earliest first, of those to come.
-- $1 provider  $2 from  $3 before  $4 mode  $5 rows  $6 last start seen  $7 last id seen
select id, provider_id, clinic_id, template_id, start_at, end_at, mode, status, held_until, created_at, updated_at,
       false as "may_write!"
from visitnow.slots
where provider_id = $1
  and status = 'open'
  and start_at >= greatest($2::timestamptz, $6::timestamptz, now())
  and start_at < $3::timestamptz
  and (start_at, id) > (
    coalesce($6, '-infinity'), coalesce($7::uuid, '00000000-0000-0000-0000-000000000000'))
  and case when $4::visitnow.visit_mode is null then true else mode = $4 end
  and visitnow.practises($1)
order by start_at, id
limit $5

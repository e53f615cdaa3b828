-- Filters are cases: of `$5 is null or …` the planner expects next to no rows, and sorts instead of reading in order.
-- $1 owner  $2 last id seen  $3 rows  $4 statuses  $5 job
select id, job_id, resume_id, method, status, cover_letter, application_url, confirmation_number, submitted_at,
       response_received_at, follow_up_date, notes, created_at, updated_at
from coach.applications
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::coach.application_status[]) = 0 then true else status = any ($4) end
  and case when $5::uuid is null then true else job_id = $5 end
order by id desc
limit $3

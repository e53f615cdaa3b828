-- Pending interviews that have not begun, soonest first, with what they are for.
-- $1 owner  $2 last begin seen  $3 last id seen  $4 rows
select
  to_jsonb(interview) as "interview!: Interview",
  job.title as job_title,
  job.company
from coach.interviews as interview
join coach.jobs as job on job.user_id = $1 and job.id = interview.job_id
where interview.user_id = $1
  and interview.outcome = 'PENDING'
  and interview.scheduled_at > now()
  and (interview.scheduled_at, interview.id) > (
    coalesce($2::timestamptz, '-infinity'), coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'::uuid))
order by interview.scheduled_at, interview.id
limit $4

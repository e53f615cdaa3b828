-- Jobs that nothing has come of yet, newest first, each with its newest 100 applications.
-- $1 owner  $2 last id seen  $3 rows
select
  to_jsonb(job) as "job!: Job",
  array(
    select to_jsonb(application)
    from coach.applications as application
    where application.user_id = $1
      and application.job_id = job.id
    order by application.id desc
    limit 100
  ) as "applications!: Vec<Application>"
from coach.jobs as job
where job.user_id = $1
  and job.id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and job.status in ('INTERESTED', 'APPLIED')
order by job.id desc
limit $3

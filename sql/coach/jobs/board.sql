-- Every status with its count and its newest 20 jobs.
-- $1 owner
select
  flow.status as "status!",
  (
    select count(*)
    from coach.jobs
    where user_id = $1
      and status = flow.status
  ) as "count!",
  array(
    select to_jsonb(job)
    from coach.jobs as job
    where job.user_id = $1
      and job.status = flow.status
    order by job.id desc
    limit 20
  ) as "jobs!: Vec<Job>"
from unnest(enum_range(null::coach.job_status)) as flow (status)
order by flow.status

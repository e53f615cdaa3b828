-- Every status with its count and its newest 20 jobs.
-- $1 owner
select flow.status as "status!", held.count as "count!", newest.jobs as "jobs!: Json<Vec<Job>>"
from unnest(enum_range(null::coach.job_status)) as flow (status)
cross join lateral (
  select count(*)
  from coach.jobs
  where user_id = $1
    and status = flow.status
) as held
cross join lateral (
  select coalesce(json_agg(page.job order by (page.job).id desc), '[]') as jobs
  from (
    select job
    from coach.jobs as job
    where job.user_id = $1
      and job.status = flow.status
    order by job.id desc
    limit 20
  ) as page
) as newest
order by flow.status

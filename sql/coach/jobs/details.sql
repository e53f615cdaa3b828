-- A job with its newest 100 applications and the newest 100 entries of its timeline.
-- $1 owner  $2 job
select to_json(job) as "job!: Json<Job>",
       sent.applications as "applications!: Json<Vec<Application>>",
       timeline.changes as "status_changes!: Json<Vec<StatusChange>>"
from coach.jobs as job
cross join lateral (
  select coalesce(json_agg(page.application order by (page.application).id desc), '[]') as applications
  from (
    select application
    from coach.applications as application
    where application.user_id = $1
      and application.job_id = job.id
    order by application.id desc
    limit 100
  ) as page
) as sent
cross join lateral (
  select coalesce(json_agg(page.change order by (page.change).changed_at desc, (page.change).id desc), '[]') as changes
  from (
    select change
    from coach.status_changes as change
    where change.user_id = $1
      and change.job_id = job.id
    order by change.changed_at desc, change.id desc
    limit 100
  ) as page
) as timeline
where job.user_id = $1
  and job.id = $2

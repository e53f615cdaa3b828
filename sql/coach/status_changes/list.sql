-- A page of a job's timeline, newest first; no row where there is no such job.
-- $1 owner  $2 job  $3 last id seen  $4 last time seen  $5 rows
select
  array(
    select to_jsonb(change)
    from coach.status_changes as change
    where change.user_id = $1
      and change.job_id = job.id
      and (change.changed_at, change.id) < (
        coalesce($4, 'infinity'::timestamptz),
        coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    order by change.changed_at desc, change.id desc
    limit $5
  ) as "changes!: Vec<StatusChange>"
from coach.jobs as job
where job.user_id = $1
  and job.id = $2

-- A page of a job's timeline, newest first; no row where there is no such job.
-- $1 owner  $2 job  $3 last id seen  $4 last time seen  $5 rows
select timeline.changes as "changes!: Json<Vec<StatusChange>>"
from coach.jobs
cross join lateral (
  select coalesce(json_agg(page.change order by (page.change).changed_at desc, (page.change).id desc), '[]') as changes
  from (
    select change
    from coach.status_changes as change
    where change.user_id = $1
      and change.job_id = jobs.id
      and (change.changed_at, change.id) < (
        coalesce($4, 'infinity'::timestamptz),
        coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    order by change.changed_at desc, change.id desc
    limit $5
  ) as page
) as timeline
where jobs.user_id = $1
  and jobs.id = $2

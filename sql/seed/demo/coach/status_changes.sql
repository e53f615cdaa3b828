-- $1 a person of the demo  $2 their id
insert into coach.status_changes
  (user_id, id, job_id, from_status, to_status, reason, changed_at, changed_by_id, created_at, updated_at)
select $2::uuid,
       step.id,
       job.id,
       lag(step.status) over (partition by job.id order by step."daysAgo" desc),
       step.status,
       step.reason,
       since.changed,
       $2,
       since.changed,
       since.changed
from jsonb_to_recordset($1::jsonb #> '{coach,jobs}') as job (id uuid, timeline jsonb)
cross join jsonb_to_recordset(job.timeline) as step (
  id uuid,
  status coach.job_status,
  "daysAgo" double precision,
  reason text)
cross join lateral (select now() - step."daysAgo" * interval '1 day') as since (changed)
on conflict do nothing

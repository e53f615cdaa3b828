-- A job with the newest 100 of everything that hangs on it.
-- $1 owner  $2 job
select
  to_jsonb(job) as "job!: Job",
  array(
    select to_jsonb(application)
    from coach.applications as application
    where application.user_id = $1
      and application.job_id = job.id
    order by application.id desc
    limit 100
  ) as "applications!: Vec<Application>",
  array(
    select to_jsonb(interview)
    from coach.interviews as interview
    where interview.user_id = $1
      and interview.job_id = job.id
    order by interview.id desc
    limit 100
  ) as "interviews!: Vec<Interview>",
  array(
    select to_jsonb(document)
    from coach.documents as document
    where document.user_id = $1
      and document.job_id = job.id
    order by document.id desc
    limit 100
  ) as "documents!: Vec<Document>",
  array(
    select to_jsonb(change)
    from coach.status_changes as change
    where change.user_id = $1
      and change.job_id = job.id
    order by change.changed_at desc, change.id desc
    limit 100
  ) as "status_changes!: Vec<StatusChange>"
from coach.jobs as job
where job.user_id = $1
  and job.id = $2

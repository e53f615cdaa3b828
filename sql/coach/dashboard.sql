-- $1 owner
select
  array(
    select jsonb_build_object('status', flow.status, 'count', coalesce(held.count, 0))
    from unnest(enum_range(null::coach.job_status)) as flow (status)
    left join (
      select status, count(*)
      from coach.jobs
      where user_id = $1
      group by status
    ) as held on held.status = flow.status
    order by flow.status
  ) as "jobs_by_status!: Vec<StatusCount>",
  array(
    select to_jsonb(interview) || jsonb_build_object('job_title', job.title, 'company', job.company)
    from coach.interviews as interview
    join coach.jobs as job on job.user_id = $1 and job.id = interview.job_id
    where interview.user_id = $1
      and interview.outcome = 'PENDING'
      and interview.scheduled_at > now()
    order by interview.scheduled_at, interview.id
    limit 5
  ) as "upcoming_interviews!: Vec<UpcomingInterview>",
  (
    select count(*)
    from coach.applications
    where user_id = $1
      and status in ('SUBMITTED', 'UNDER_REVIEW')
      and submitted_at < now() - interval '14 days'
      and response_received_at is null
  ) as "awaiting_answer_count!",
  array(
    select jsonb_build_object(
      'id', application.id,
      'job_id', application.job_id,
      'job_title', job.title,
      'company', job.company,
      'submitted_at', application.submitted_at,
      'days_waiting', floor(extract(epoch from now() - application.submitted_at) / 86400))
    from coach.applications as application
    join coach.jobs as job on job.user_id = $1 and job.id = application.job_id
    where application.user_id = $1
      and application.status in ('SUBMITTED', 'UNDER_REVIEW')
      and application.submitted_at < now() - interval '14 days'
      and application.response_received_at is null
    order by application.submitted_at, application.id
    limit 20
  ) as "awaiting_answer!: Vec<AwaitingAnswer>",
  array(
    select to_jsonb(goal)
    from coach.career_goals as goal
    where goal.user_id = $1
      and goal.status = 'IN_PROGRESS'
    order by goal.priority desc, goal.target_date nulls last, goal.id
    limit 20
  ) as "goals_in_progress!: Vec<CareerGoal>"

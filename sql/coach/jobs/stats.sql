-- $1 owner
with move as (
  select job_id, to_status, lead(to_status) over (partition by job_id order by changed_at, id) as next
  from coach.status_changes
  where user_id = $1
), reached as (
  -- Without what a step back has corrected; reopening corrects nothing.
  select job_id, to_status
  from move
  where next is null
     or next > to_status
     or next = 'INTERESTED'
), response as (
  select job_id
  from reached
  where to_status not in ('INTERESTED', 'APPLIED', 'WITHDRAWN')
  union
  select job_id
  from coach.applications
  where user_id = $1
    and response_received_at is not null
), tally as (
  select count(*) as applied, count(*) filter (where id in (select job_id from response)) as answered
  from coach.jobs
  where user_id = $1
    and applied_at is not null
), held as (
  select status, count(*)
  from coach.jobs
  where user_id = $1
  group by status
), week as (
  select (date_trunc('week', now() at time zone 'UTC') - ago * interval '1 week')::date as start
  from generate_series(0, 11) as ago
), sent as (
  select date_trunc('week', submitted_at at time zone 'UTC')::date as start, count(*)
  from coach.applications
  where user_id = $1
    and submitted_at >= now() - interval '12 weeks'
  group by 1
)
select
  array(
    select jsonb_build_object('status', flow.status, 'count', coalesce(held.count, 0))
    from unnest(enum_range(null::coach.job_status)) as flow (status)
    left join held on held.status = flow.status
    order by flow.status
  ) as "by_status!: Vec<StatusCount>",
  applied as "applied!",
  answered as "answered!",
  answered::float8 / nullif(applied, 0) as response_rate,
  (
    select count(distinct job_id)
    from reached
    where to_status in ('OFFER_RECEIVED', 'ACCEPTED')
  ) as "offers!",
  array(
    select jsonb_build_object('week_start', week.start, 'count', coalesce(sent.count, 0))
    from week
    left join sent on sent.start = week.start
    order by week.start
  ) as "applications_per_week!: Vec<WeekCount>"
from tally

-- $1 owner
with cell as (
  select interview_type, outcome, count(*) as count
  from coach.interviews
  where user_id = $1
  group by interview_type, outcome
)
select
  (select coalesce(sum(count), 0)::bigint from cell) as "total!",
  (
    select (sum(count) filter (where outcome = 'PASSED'))::float8 / nullif(sum(count), 0)::float8
    from cell
    where outcome in ('PASSED', 'FAILED')
  ) as pass_rate,
  array(
    select jsonb_build_object('interview_type', kind.type, 'count', coalesce(sum(cell.count), 0))
    from unnest(enum_range(null::coach.interview_type)) as kind (type)
    left join cell on cell.interview_type = kind.type
    group by kind.type
    order by kind.type
  ) as "by_type!: Vec<TypeCount>",
  array(
    select jsonb_build_object('outcome', ending.outcome, 'count', coalesce(sum(cell.count), 0))
    from unnest(enum_range(null::coach.interview_outcome)) as ending (outcome)
    left join cell on cell.outcome = ending.outcome
    group by ending.outcome
    order by ending.outcome
  ) as "by_outcome!: Vec<OutcomeCount>",
  array(
    select to_jsonb(cell)
    from cell
    order by interview_type, outcome
  ) as "by_type_and_outcome!: Vec<TypeOutcomeCount>"

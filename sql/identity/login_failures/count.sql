-- Counts a failure, or a try, of an account and an address; unless told otherwise, not while they are blocked. Gives
-- the seconds to wait where not both were counted, else null. Account before address, always: no deadlocks.
-- $1 account's subject hash  $2 address's subject hash  $3 even while blocked
with subject (kind, subject_hash, remembered) as (
  values
    ('account'::identity.login_subject, $1::bytea, interval '1 day'),
    ('address', $2::bytea, interval '1 hour')
), counted as (
  insert into identity.login_failures as known (kind, subject_hash, expires_at)
  select kind, subject_hash, now() + remembered
  from subject
  order by kind
  on conflict (kind, subject_hash) do update
  set failures = case when known.expires_at > now() then known.failures + 1 else 1 end,
      blocked_until = now() + identity.pause_after(
        known.kind, case when known.expires_at > now() then known.failures + 1 else 1 end),
      last_failed_at = now(),
      -- A count outlives its longest pause.
      expires_at = greatest(
        case when known.expires_at > now() then known.expires_at else excluded.expires_at end,
        now() + interval '15 minutes')
  where $3 or known.blocked_until is null or known.blocked_until <= now()
  returning known.kind
)
select case when (select count(*) from counted) < 2 then coalesce(
         (
           select ceil(extract(epoch from max(known.blocked_until) - now()))::bigint
           from identity.login_failures as known
           join subject using (kind, subject_hash)
           where known.blocked_until > now()
         ), 1) end as wait_seconds

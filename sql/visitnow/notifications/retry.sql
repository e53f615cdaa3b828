-- After 1, 5, 25 and 125 minutes.
-- $1 owner  $2 notification  $3 attempt  $4 reason
update visitnow.notifications
set reason = $4,
    next_attempt_at = now() + interval '1 minute' * power(5, attempts - 1)
where user_id = $1
  and id = $2
  and status = 'queued'
  and attempts = $3
returning id

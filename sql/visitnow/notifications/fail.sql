-- Tried never more.
-- $1 owner  $2 notification  $3 attempt  $4 reason
update visitnow.notifications
set status = 'failed',
    reason = $4,
    next_attempt_at = null
where user_id = $1
  and id = $2
  and status = 'queued'
  and attempts = $3
returning id

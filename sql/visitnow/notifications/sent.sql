-- Nobody acts: it is the server's work.
-- $1 owner  $2 notification  $3 attempt
update visitnow.notifications
set status = 'sent',
    reason = null,
    next_attempt_at = null
where user_id = $1
  and id = $2
  and status = 'queued'
  and attempts = $3
returning id

-- As if it had never been taken: it uses up no attempt.
-- $1 owner  $2 notification  $3 attempt
update visitnow.notifications
set attempts = attempts - 1,
    next_attempt_at = now()
where user_id = $1
  and id = $2
  and status = 'queued'
  and attempts = $3
returning id

-- Leases the notification that has been due longest to whoever asks, for a minute; servers that ask at once get different
-- ones. What is of no more use is deleted instead. The times are put into words here, where time zones are known.
with gone as (
  delete from visitnow.notifications
  where ctid = any (array(
    select ctid
    from visitnow.notifications
    where status = 'queued'
      and expires_at <= now()
    order by expires_at
    limit 100
    for update skip locked))
), due as materialized (
  select user_id, id
  from visitnow.notifications
  where status = 'queued'
    and next_attempt_at <= now()
    and (expires_at is null or expires_at > now())
  order by next_attempt_at
  limit 1
  for update skip locked
)
update visitnow.notifications as own
set attempts = least(own.attempts + 1, 10),
    next_attempt_at = now() + interval '1 minute'
from due
where own.user_id = due.user_id
  and own.id = due.id
returning
  own.user_id as owner,
  own.id,
  own.attempts as attempt,
  own.channel,
  own.recipient,
  own.template_key,
  own.meta ->> 'providerName' as provider,
  visitnow.local_time(own.meta, 'start') as start,
  visitnow.local_time(own.meta, 'heldUntil') as held_until,
  own.meta ->> 'ticketNumber' as ticket,
  own.meta ->> 'type' as credential

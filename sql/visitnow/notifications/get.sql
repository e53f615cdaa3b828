-- $1 owner  $2 notification
select id, template_key, channel, status, recipient, meta, reason, attempts, expires_at, created_at, updated_at
from visitnow.notifications
where user_id = $1
  and coalesce(expires_at, 'infinity') > now()
  and id = $2

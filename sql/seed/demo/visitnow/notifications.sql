-- $1 the practices of the demo
insert into visitnow.notifications
  (user_id, id, template_key, channel, status, recipient, meta, reason, attempts, next_attempt_at, created_at,
   updated_at)
select person.id,
       notification.id,
       notification."templateKey",
       notification.channel,
       notification.status,
       notification.recipient,
       notification.meta,
       notification.reason,
       notification.attempts,
       null,
       now() - notification."createdDaysAgo" * interval '1 day',
       now() - notification."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'notifications') as notification (
  id uuid,
  "user" text,
  "templateKey" text,
  channel visitnow.notification_channel,
  status visitnow.notification_status,
  recipient text,
  meta jsonb,
  reason text,
  attempts integer,
  "createdDaysAgo" double precision)
join identity.users as person on person.id = ($1::jsonb #>> array['people', notification."user"])::uuid
on conflict do nothing

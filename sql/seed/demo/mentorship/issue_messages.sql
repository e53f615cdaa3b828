-- $1 the organization of the demo
insert into mentorship.issue_messages (id, issue_id, user_id, message, created_at, updated_at)
select message.id,
       parent.id,
       author.id,
       message.message,
       now() - message."createdDaysAgo" * interval '1 day',
       now() - message."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'issues') as issue (id uuid, messages jsonb)
join mentorship.reported_issues as parent on parent.id = issue.id
cross join jsonb_to_recordset(issue.messages) as message (
  id uuid,
  "by" text,
  message text,
  "createdDaysAgo" double precision)
join identity.users as author on author.id = ($1::jsonb #>> array['people', message."by"])::uuid
on conflict do nothing

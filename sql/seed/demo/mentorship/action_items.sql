-- $1 the organization of the demo
insert into mentorship.action_items
  (id, session_id, assigned_to_id, created_by_id, title, description, due_date, status, created_at, updated_at)
select item.id,
       parent.id,
       assignee.id,
       creator.id,
       item.title,
       item.description,
       date_trunc('day', now() + item."dueInDays" * interval '1 day'),
       item.status,
       now() - item."createdDaysAgo" * interval '1 day',
       now() - item."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'sessions') as session (id uuid, "actionItems" jsonb)
join mentorship.sessions as parent on parent.id = session.id
cross join jsonb_to_recordset(session."actionItems") as item (
  id uuid,
  "by" text,
  "to" text,
  title text,
  description text,
  "dueInDays" double precision,
  status mentorship.action_item_status,
  "createdDaysAgo" double precision,
  "changedDaysAgo" double precision)
join identity.users as creator on creator.id = ($1::jsonb #>> array['people', item."by"])::uuid
join identity.users as assignee on assignee.id = ($1::jsonb #>> array['people', item."to"])::uuid
on conflict do nothing

-- $1 the organization of the demo
insert into mentorship.reported_issues
  (id, user_id, title, description, status, assigned_to_id, created_at, updated_at)
select issue.id,
       reporter.id,
       issue.title,
       issue.description,
       issue.status,
       assignee.id,
       now() - issue."createdDaysAgo" * interval '1 day',
       now() - issue."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'issues') as issue (
  id uuid,
  "by" text,
  title text,
  description text,
  status mentorship.issue_status,
  "assignedTo" text,
  "createdDaysAgo" double precision,
  "changedDaysAgo" double precision)
join identity.users as reporter on reporter.id = ($1::jsonb #>> array['people', issue."by"])::uuid
left join identity.users as assignee on assignee.id = ($1::jsonb #>> array['people', issue."assignedTo"])::uuid
on conflict do nothing

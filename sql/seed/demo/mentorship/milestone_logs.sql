-- $1 the organization of the demo
insert into mentorship.milestone_logs (user_id, id, type, title, notes, date, created_at, updated_at)
select mother.id,
       milestone.id,
       milestone.type,
       milestone.title,
       milestone.notes,
       now() - milestone."daysAgo" * interval '1 day',
       now() - milestone."createdDaysAgo" * interval '1 day',
       now() - milestone."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'milestones') as milestone (
  id uuid,
  "user" text,
  type text,
  title text,
  notes text,
  "daysAgo" double precision,
  "createdDaysAgo" double precision)
join identity.users as mother on mother.id = ($1::jsonb #>> array['people', milestone."user"])::uuid
on conflict do nothing

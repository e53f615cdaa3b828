-- $1 the organization of the demo
insert into mentorship.matches (id, mentor_id, mentee_id, goal, status, admin_id, created_at, updated_at)
select match.id,
       mentor.id,
       mentee.id,
       match.goal,
       match.status,
       admin.id,
       now() - match."createdDaysAgo" * interval '1 day',
       now() - match."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'matches') as match (
  id uuid,
  mentor text,
  mentee text,
  goal text,
  status mentorship.match_status,
  admin text,
  "createdDaysAgo" double precision,
  "changedDaysAgo" double precision)
join identity.users as mentor on mentor.id = ($1::jsonb #>> array['people', match.mentor])::uuid
join identity.users as mentee on mentee.id = ($1::jsonb #>> array['people', match.mentee])::uuid
left join identity.users as admin on admin.id = ($1::jsonb #>> array['people', match.admin])::uuid
on conflict do nothing

-- $1 the organization of the demo
insert into mentorship.feedback (id, session_id, from_user_id, rating, comments, created_at, updated_at)
select feedback.id,
       parent.id,
       author.id,
       feedback.rating,
       feedback.comments,
       now() - feedback."createdDaysAgo" * interval '1 day',
       now() - feedback."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'sessions') as session (id uuid, feedback jsonb)
join mentorship.sessions as parent on parent.id = session.id
cross join jsonb_to_recordset(session.feedback) as feedback (
  id uuid,
  "by" text,
  rating integer,
  comments text,
  "createdDaysAgo" double precision)
join identity.users as author on author.id = ($1::jsonb #>> array['people', feedback."by"])::uuid
on conflict do nothing

-- $1 the organization of the demo
insert into mentorship.session_notes (id, session_id, created_by_id, notes, is_private, created_at, updated_at)
select note.id,
       parent.id,
       author.id,
       note.notes,
       note."isPrivate",
       now() - note."createdDaysAgo" * interval '1 day',
       now() - note."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'sessions') as session (id uuid, notes jsonb)
join mentorship.sessions as parent on parent.id = session.id
cross join jsonb_to_recordset(session.notes) as note (
  id uuid,
  "by" text,
  notes text,
  "isPrivate" boolean,
  "createdDaysAgo" double precision)
join identity.users as author on author.id = ($1::jsonb #>> array['people', note."by"])::uuid
on conflict do nothing

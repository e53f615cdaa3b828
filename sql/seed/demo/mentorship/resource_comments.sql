-- $1 the organization of the demo
insert into mentorship.resource_comments (id, resource_id, user_id, content, created_at, updated_at)
select comment.id,
       parent.id,
       author.id,
       comment.content,
       now() - comment."createdDaysAgo" * interval '1 day',
       now() - comment."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'resources') as resource (id uuid, comments jsonb)
join mentorship.resources as parent on parent.id = resource.id
cross join jsonb_to_recordset(resource.comments) as comment (
  id uuid,
  "by" text,
  content text,
  "createdDaysAgo" double precision)
join identity.users as author on author.id = ($1::jsonb #>> array['people', comment."by"])::uuid
on conflict do nothing

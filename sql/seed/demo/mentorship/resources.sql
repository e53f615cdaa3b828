-- $1 the organization of the demo
insert into mentorship.resources
  (id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
   updated_at)
select resource.id,
       resource.title,
       resource.description,
       resource.type,
       uploader.id,
       resource.url,
       resource."filePath",
       resource."isPublished",
       resource.category,
       resource.tags,
       now() - resource."createdDaysAgo" * interval '1 day',
       now() - resource."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'resources') as resource (
  id uuid,
  "by" text,
  title text,
  description text,
  type mentorship.resource_type,
  url text,
  "filePath" text,
  "isPublished" boolean,
  category text,
  tags text[],
  "createdDaysAgo" double precision)
join identity.users as uploader on uploader.id = ($1::jsonb #>> array['people', resource."by"])::uuid
on conflict do nothing

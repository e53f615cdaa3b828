-- $1 author  $2 resource, which they read  $3 content
insert into mentorship.resource_comments (user_id, resource_id, content)
select $1, resource.id, $3
from mentorship.resources as resource, (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where resource.id = $2
  and (resource.is_published or resource.uploaded_by_id = $1 or identity.has_role($1, 'mentorship', 'admin'))
returning id, resource_id, user_id,
          (select person.display_name from identity.users as person where person.id = user_id) as "display_name: String",
          content, created_at, updated_at

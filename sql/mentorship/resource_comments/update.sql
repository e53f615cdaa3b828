-- $1 author  $2 resource, which they read  $3 comment  $4 accepted versions  $5 content
update mentorship.resource_comments
set content = $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where resource_id = $2
  and id = $3
  and user_id = $1
  and exists (
    select
    from mentorship.resources as resource
    where resource.id = $2
      and (resource.is_published or resource.uploaded_by_id = $1 or identity.has_role($1, 'mentorship', 'admin'))
  )
  and ($4::timestamptz[] is null or updated_at = any ($4))
returning id, resource_id, user_id,
          (select person.display_name from identity.users as person where person.id = user_id) as "display_name: String",
          content, created_at, updated_at

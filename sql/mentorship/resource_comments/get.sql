-- $1 reader  $2 resource  $3 comment
select id, resource_id, user_id,
       (select person.display_name from identity.users as person where person.id = user_id) as "display_name: String",
       content, created_at, updated_at
from mentorship.resource_comments
where resource_id = $2
  and id = $3
  and exists (
    select
    from mentorship.resources as resource
    where resource.id = $2
      and (resource.is_published or resource.uploaded_by_id = $1 or identity.has_role($1, 'mentorship', 'admin'))
  )

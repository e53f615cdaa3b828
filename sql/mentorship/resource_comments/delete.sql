-- $1 author, who reads the resource, or whoever brought it, or an administrator  $2 resource  $3 comment
-- $4 accepted versions
delete from mentorship.resource_comments as comment
using mentorship.resources as resource, (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where comment.resource_id = $2
  and comment.id = $3
  and resource.id = comment.resource_id
  and (resource.uploaded_by_id = $1
    or identity.has_role($1, 'mentorship', 'admin')
    or comment.user_id = $1 and resource.is_published)
  and ($4::timestamptz[] is null or comment.updated_at = any ($4))
returning comment.id

-- $1 who brought it, or an administrator  $2 resource  $3 accepted versions
delete from mentorship.resources
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and (uploaded_by_id = $1 or identity.has_role($1, 'mentorship', 'admin'))
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

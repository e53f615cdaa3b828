-- $1 who reported it, or an administrator  $2 issue
select id, user_id, title, description, status, assigned_to_id, created_at, updated_at
from mentorship.reported_issues
where id = $2
  and (user_id = $1 or identity.has_role($1, 'mentorship', 'admin'))

-- $1 reader  $2 resource
select id, title, description, type, uploaded_by_id, url, file_path, is_published, category, tags, created_at,
       updated_at
from mentorship.resources
where id = $2
  and (is_published or uploaded_by_id = $1 or identity.has_role($1, 'mentorship', 'admin'))

-- $1 group
select id, name, description, member_count, last_active, created_at, updated_at
from mentorship.support_groups
where id = $1

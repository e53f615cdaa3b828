-- Who belongs to no such group has left it. No row: there is no such group.
-- $1 who leaves  $2 group
with gone as (
  delete from mentorship.group_memberships
  using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where group_id = $2
    and user_id = $1
)
select id
from mentorship.support_groups
where id = $2

-- Who belongs to the group already stays as they are. No row: there is no such group.
-- $1 who joins  $2 group
with joined as (
  select id
  from mentorship.support_groups
  where id = $2
  for key share
)
insert into mentorship.group_memberships as own (user_id, group_id)
select $1, joined.id
from joined
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (group_id, user_id) do update
set user_id = own.user_id -- changes nothing, but gives the row
returning own.id, own.user_id, own.group_id, own.joined_at, own.created_at

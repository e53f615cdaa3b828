-- Its memberships go with it. They are locked before the group, as by whoever leaves it.
-- $1 who acts  $2 group  $3 accepted versions
with members as (
  select id
  from mentorship.group_memberships
  where group_id = $2
  order by id
  for update
), actor as (
  select set_config('trellis.actor', $1::uuid::text, true), count(*)
  from members
)
delete from mentorship.support_groups
using actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

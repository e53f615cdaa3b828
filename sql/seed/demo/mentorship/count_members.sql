-- What the database counts as people come and go; the demo comes in while nothing is counted.
update mentorship.support_groups
set member_count = tally.members,
    last_active = greatest(last_active, tally.joined)
from (
  select circle.id, count(membership.id) as members, max(membership.joined_at) as joined
  from mentorship.support_groups as circle
  left join mentorship.group_memberships as membership on membership.group_id = circle.id
  group by circle.id
) as tally
where support_groups.id = tally.id
  and member_count <> tally.members

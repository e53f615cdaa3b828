-- What the database counts as people come and go; the demo comes in while nothing is counted.
update mentorship.support_groups
set member_count = tally.members
from (
  select circle.id, count(membership.id) as members
  from mentorship.support_groups as circle
  left join mentorship.group_memberships as membership on membership.group_id = circle.id
  group by circle.id
) as tally
where support_groups.id = tally.id
  and member_count <> tally.members

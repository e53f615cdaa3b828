-- A page of a group's members, who joined last first and whose accounts are active, for members and administrators; no row: there is no such group.
-- $1 reader  $2 group  $3 last membership seen  $4 rows
select
  reader.allowed as "allowed!",
  array(
    select jsonb_build_object(
      'id', member.id, 'user_id', member.user_id, 'display_name', person.display_name, 'image', person.image,
      'joined_at', member.joined_at)
    from mentorship.group_memberships as member
    join identity.users as person on person.id = member.user_id
    where reader.allowed
      and member.group_id = joined.id
      and person.status = 'active'
      and member.id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
    order by member.id desc
    limit $4
  ) as "members!: Vec<GroupMember>"
from mentorship.support_groups as joined
cross join lateral (
  select exists (
    select
    from mentorship.group_memberships as own
    where own.group_id = joined.id
      and own.user_id = $1
  ) or identity.has_role($1, 'mentorship', 'admin')
) as reader (allowed)
where joined.id = $2

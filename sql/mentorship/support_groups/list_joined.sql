-- The groups that somebody belongs to.
-- $1 member  $2 last id seen  $3 rows
select joined.id, joined.name, joined.description, joined.member_count, joined.last_active, joined.created_at,
       joined.updated_at
from mentorship.group_memberships as own
join mentorship.support_groups as joined on joined.id = own.group_id
where own.user_id = $1
  and own.group_id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by own.group_id desc
limit $3

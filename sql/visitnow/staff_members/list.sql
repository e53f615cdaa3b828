-- Of the practices that somebody manages, and their own memberships elsewhere. Each practice has its newest in order, and so
-- have the memberships; no practice is managed by so many that it would count. Who may write is asked of one alone.
-- $1 reader  $2 last id seen  $3 rows  $4 practice, null: all
select id as "id!", provider_id as "provider_id!", user_id as "user_id!", role as "role!",
       permissions as "permissions!: Vec<Permission>", created_at as "created_at!", updated_at as "updated_at!",
       false as "may_write!"
from (
  select member.id, member.provider_id, member.user_id, member.role, member.permissions, member.created_at,
         member.updated_at
  from (
    select id
    from visitnow.providers
    where user_id = $1
    union
    select provider_id
    from visitnow.staff_members
    where user_id = $1
      and 'clinic:write' = any (permissions)
      and identity.has_role($1, 'visitnow', 'staff')
  ) as practice
  cross join lateral (
    select id, provider_id, user_id, role, permissions, created_at, updated_at
    from visitnow.staff_members
    where provider_id >= practice.id
      and (provider_id, id) < (practice.id, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    order by provider_id desc, id desc
    limit $3
  ) as member
  where case when $4::uuid is null then true else practice.id = $4 end
  union
  (
    select id, provider_id, user_id, role, permissions, created_at, updated_at
    from visitnow.staff_members
    where user_id >= $1
      and (user_id, id) < ($1, coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
      and case when $4 is null then true else provider_id = $4 end
    order by user_id desc, id desc
    limit $3
  )
) as found
order by id desc
limit $3

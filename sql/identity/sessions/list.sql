-- One row per sign-in that is alive: its latest token that could still be exchanged.
-- $1 owner  $2 last family seen  $3 rows  $4 the caller's own family
select distinct on (session.family_id)
       session.family_id as id,
       session.device_info,
       host(session.ip) as ip,
       session.user_agent,
       family.began_at as "created_at!",
       session.created_at as last_used_at,
       session.expires_at,
       session.family_id = $4::uuid as "current!"
from identity.sessions as session
cross join lateral (
  select min(member.created_at) as began_at
  from identity.sessions as member
  where member.user_id = $1
    and member.family_id = session.family_id
) as family
where session.user_id = $1
  and session.family_id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and session.last_used_at is null
  and session.revoked_at is null
  and session.expires_at > now()
order by session.family_id desc, session.created_at desc
limit $3

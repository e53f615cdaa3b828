-- $1 owner  $2 last id seen  $3 rows
select id, purpose, granted, policy_version, recorded_at, created_at
from identity.consents
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3

-- $1 owner  $2 purpose  $3 granted  $4 policy version
insert into identity.consents (user_id, purpose, granted, policy_version)
select $1, $2, $3, $4
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, purpose, granted, policy_version, recorded_at, created_at

-- $1 owner  $2 consent
select id, purpose, granted, policy_version, recorded_at, created_at
from identity.consents
where user_id = $1
  and id = $2

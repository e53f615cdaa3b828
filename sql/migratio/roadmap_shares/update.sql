-- $1 owner  $2 roadmap  $3 share  $4 accepted versions  $5 access
update migratio.roadmap_shares
set access = $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and roadmap_id = $2
  and id = $3
  and ($4::timestamptz[] is null or updated_at = any ($4))
returning id, roadmap_id, shared_with_id as user_id, email, access, created_at, updated_at, true as "may_write!"

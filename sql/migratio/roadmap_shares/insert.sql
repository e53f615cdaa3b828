-- Whether an e-mail address is anybody's is not asked. A trigger refuses who has no active account.
-- $1 owner  $2 roadmap  $3 with whom, or  $4 e-mail address  $5 access
insert into migratio.roadmap_shares (user_id, roadmap_id, shared_with_id, email, access)
select reader.user_id, $2, $3, $4, $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor,
  migratio.roadmap_reader($1, $2) as reader
where reader.access = 'owner'
returning id, roadmap_id, shared_with_id as user_id, email, roadmap_shares.access, created_at, updated_at, true as "may_write!"

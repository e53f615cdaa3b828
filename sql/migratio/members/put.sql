-- $1 member  $2 version seen  $3 preferences
insert into migratio.members as own (user_id, preferences)
select $1, $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (user_id) do update
set preferences = excluded.preferences
where own.updated_at = $2
returning
  user_id as id, subscription_tier, subscription_expiry,
  migratio.is_paid(subscription_tier, subscription_expiry, now()) as "is_paying!", preferences, created_at, updated_at

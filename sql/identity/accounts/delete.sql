-- Unlinks an account, but not the last one of a user who has no password: nobody could sign in any more.
-- All of the user's accounts are locked, so that of two such requests at once the second sees what the first left.
-- $1 owner  $2 account  $3 accepted versions
with linked as (
  select id, updated_at
  from identity.accounts
  where user_id = $1
  order by id
  for update
), target as (
  select linked.id,
         $3::timestamptz[] is null or linked.updated_at = any ($3) as current,
         exists (select from linked as other where other.id <> $2)
           or exists (select from identity.users where id = $1 and password_hash is not null) as spare
  from linked
  where linked.id = $2
), gone as (
  delete from identity.accounts as account
  using target, (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where account.user_id = $1
    and account.id = target.id
    and target.current
    and target.spare
)
select current as "current!", spare as "spare!"
from target

-- Account before address, as where they are counted: no deadlocks.
-- $1 account's subject hash  $2 address's subject hash
with counted as (
  select kind, subject_hash
  from identity.login_failures
  where (kind, subject_hash) in (('account', $1::bytea), ('address', $2::bytea))
  order by kind
  for update
)
delete from identity.login_failures as known
using counted
where known.kind = counted.kind
  and known.subject_hash = counted.subject_hash
returning known.failures

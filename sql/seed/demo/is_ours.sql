-- Whether a person of the demo is there, and not somebody else who took the address first.
-- $1 the person's id
select exists (
  select
  from identity.users
  where id = $1
) as "is_ours!"

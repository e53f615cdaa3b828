-- Whether a person of the demo is there, and not somebody else who took the address first.
-- $1 a person of the demo
select exists (
  select
  from identity.users
  where id = ($1::jsonb #>> '{user,id}')::uuid
) as "is_ours!"

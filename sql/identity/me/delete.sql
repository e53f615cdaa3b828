-- Erases the account and, by cascade, everything that is the user's in all domains. Only while the password is still
-- the one that was proven (null: an account without one).
-- $1 user  $2 the password's hash
delete from identity.users
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $1
  and password_hash is not distinct from $2::text
returning id

-- Keeps a user's row as it is until the transaction ends.
-- $1 user
select id
from identity.users
where id = $1
for no key update

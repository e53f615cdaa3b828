-- Holds a user's row until the transaction ends: nothing new can come to refer to it meanwhile, no session and no
-- token, and what came before is seen by the next statement.
-- $1 user
select id
from identity.users
where id = $1
for update

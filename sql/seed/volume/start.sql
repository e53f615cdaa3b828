-- Where earlier runs stopped counting, and the database's time, up to which the made-up past goes.
select coalesce(max(substring(email from '^volume-([0-9]{1,12})@example\.com$')::bigint), 0) as "last_number!",
       now() as "now!"
from identity.users

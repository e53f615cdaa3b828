-- Status and id are compared and sorted as one, lest PostgreSQL walk through all users in search of a rare status.
-- $1 status  $2 last id seen  $3 rows
select id, email, phone, username, first_name, last_name, display_name, image, status,
       email_verified_at is not null as "email_verified!", email_verified_at, two_factor_enabled, preferred_language,
       security_question, last_login, created_at, updated_at
from identity.users
where status >= $1
  and (status, id) < ($1, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by status desc, id desc
limit $3

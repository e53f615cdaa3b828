-- Whose e-mail address or any of whose names begins like this, without regard to case. They are found first and sorted
-- then, lest PostgreSQL walk through all users in search of a rare name.
-- $1 beginning, its wildcards escaped, and %  $2 status, if only that  $3 last id seen  $4 rows
with found as materialized (
  select id, email, phone, username, first_name, last_name, display_name, image, status, email_verified_at,
         two_factor_enabled, preferred_language, security_question, last_login, created_at, updated_at
  from identity.users
  where (email ilike $1
      or username ilike $1
      or first_name ilike $1
      or last_name ilike $1
      or display_name ilike $1)
    and ($2::identity.user_status is null or status = $2)
)
select id as "id!", email, phone, username, first_name, last_name, display_name, image, status as "status!",
       email_verified_at is not null as "email_verified!", email_verified_at,
       two_factor_enabled as "two_factor_enabled!", preferred_language as "preferred_language!", security_question,
       last_login, created_at as "created_at!", updated_at as "updated_at!"
from found
where id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $4

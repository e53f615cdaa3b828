-- $1 last id seen  $2 rows
select id, email, phone, username, first_name, last_name, display_name, image, status,
       email_verified_at is not null as "email_verified!", email_verified_at, two_factor_enabled, preferred_language,
       security_question, last_login, created_at, updated_at
from identity.users
where id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $2

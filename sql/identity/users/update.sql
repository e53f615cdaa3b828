-- What an administrator may change of somebody.
-- $1 actor  $2 user  $3 status  $4 first name  $5 last name  $6 display name  $7 image  $8 preferred language
update identity.users
set status = $3,
    first_name = $4,
    last_name = $5,
    display_name = $6,
    image = $7,
    preferred_language = $8
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
returning id, email, phone, username, first_name, last_name, display_name, image, status,
          email_verified_at is not null as "email_verified!", email_verified_at, two_factor_enabled,
          preferred_language, security_question, last_login, created_at, updated_at

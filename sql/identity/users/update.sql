-- What an administrator may change of somebody. Whoever is no longer active is signed out everywhere.
-- $1 actor  $2 user  $3 status  $4 first name  $5 last name  $6 display name  $7 image
-- $8 preferred language
with changed as (
  update identity.users
  set status = $3,
      first_name = $4,
      last_name = $5,
      display_name = $6,
      image = $7,
      preferred_language = $8
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where id = $2
  returning id, email, phone, username, first_name, last_name, display_name, image, status, email_verified_at,
            two_factor_enabled, preferred_language, security_question, last_login, created_at, updated_at
), revoked as (
  update identity.sessions as session
  set revoked_at = now()
  from changed
  where session.user_id = changed.id
    and session.revoked_at is null
    and changed.status <> 'active'
)
select id, email, phone, username, first_name, last_name, display_name, image, status,
       email_verified_at is not null as "email_verified!", email_verified_at, two_factor_enabled, preferred_language,
       security_question, last_login, created_at, updated_at
from changed

-- Only the version that was read. A new e-mail address is not proven yet; a question without a new answer keeps its own.
-- $1 user  $2 version that was read  $3 email  $4 phone  $5 username  $6 first name  $7 last name  $8 display name
-- $9 image  $10 preferred language  $11 security question  $12 hash of a new answer to it, if there is one
update identity.users
set email = $3::text,
    phone = $4,
    username = $5,
    first_name = $6,
    last_name = $7,
    display_name = $8,
    image = $9,
    preferred_language = $10,
    security_question = $11,
    security_answer_hash = case when $11::text is not null then coalesce($12, security_answer_hash) end,
    email_verified_at = case when lower(email) = lower($3) then email_verified_at end
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $1
  and updated_at = $2
returning id, email, phone, username, first_name, last_name, display_name, image, status,
          email_verified_at is not null as "email_verified!", email_verified_at, two_factor_enabled,
          preferred_language, security_question, last_login, created_at, updated_at

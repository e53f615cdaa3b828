-- A new e-mail address is not proven yet, and what was sent to the old one is good for nothing.
-- $1 user  $2 version that was read  $3 email  $4 phone  $5 username  $6 first name  $7 last name  $8 display name
-- $9 image  $10 preferred language  $11 security question  $12 hash of a new answer to it, if there is one
with old as (
  select id, email
  from identity.users
  where id = $1
    and updated_at = $2
), changed as (
  update identity.users as person
  set email = $3,
      phone = $4,
      username = $5,
      first_name = $6,
      last_name = $7,
      display_name = $8,
      image = $9,
      preferred_language = $10,
      security_question = $11,
      security_answer_hash = case when $11::text is not null then coalesce($12, person.security_answer_hash) end,
      email_verified_at = case when lower(old.email) = lower($3) then person.email_verified_at end
  from old
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where person.id = old.id
  returning person.id, person.email, person.phone, person.username, person.first_name, person.last_name,
            person.display_name, person.image, person.status, person.email_verified_at, person.two_factor_enabled,
            person.preferred_language, person.security_question, person.last_login, person.created_at,
            person.updated_at, lower(old.email) is distinct from lower($3) as moved
), void as (
  delete from identity.one_time_tokens as token
  using changed
  where token.user_id = changed.id
    and changed.moved
)
select id as "id!", email, phone, username, first_name, last_name, display_name, image, status as "status!",
       email_verified_at is not null as "email_verified!", email_verified_at,
       two_factor_enabled as "two_factor_enabled!", preferred_language as "preferred_language!", security_question,
       last_login, created_at as "created_at!", updated_at as "updated_at!"
from changed

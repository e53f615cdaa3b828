-- Whose password a token may set, and what is asked in addition.
-- $1 token hash
select person.id, person.email, person.phone, person.username, person.security_question,
       person.security_answer_hash
from identity.one_time_tokens as own
join identity.users as person on person.id = own.user_id
where own.token_hash = $1
  and own.purpose = 'password_reset'
  and own.used_at is null
  and own.expires_at > now()
  and lower(own.email) = lower(person.email)

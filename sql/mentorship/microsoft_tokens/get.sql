-- Without the tokens, which never leave the database but encrypted.
-- $1 owner
select true as "connected!", microsoft_email, expires_at, created_at, updated_at
from mentorship.microsoft_tokens
where user_id = $1

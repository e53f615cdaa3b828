-- A new token for whom a login names, in place of an older one for the same purpose. Gives the address to send it to;
-- no row where there is nobody, no e-mail address, or nothing left to verify.
-- $1 login  $2 purpose  $3 token hash
insert into identity.one_time_tokens as own (user_id, purpose, email, token_hash, expires_at)
select person.id, $2::identity.token_purpose, person.email, $3, now() + interval '30 minutes'
from (
  select id, email, set_config('trellis.actor', id::text, true)
  from identity.users
  where (lower(email) = lower($1::text) or lower(username) = lower($1) or phone = $1)
    and email is not null
    and status = 'active'
    and ($2 <> 'email_verification' or email_verified_at is null)
) as person
on conflict (user_id, purpose) do update
set email = excluded.email,
    token_hash = excluded.token_hash,
    created_at = excluded.created_at,
    expires_at = excluded.expires_at,
    used_at = null
returning own.email

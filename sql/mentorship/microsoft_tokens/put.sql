-- The row takes a new id, to which its new tokens are bound.
-- $1 owner  $2 id  $3 e-mail address  $4 access token and $5 refresh token, encrypted  $6 expires at
insert into mentorship.microsoft_tokens as own
  (user_id, id, microsoft_email, access_token, refresh_token, expires_at)
select $1, $2, $3, $4, $5, $6
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (user_id) do update
set id = excluded.id,
    microsoft_email = excluded.microsoft_email,
    access_token = excluded.access_token,
    refresh_token = excluded.refresh_token,
    expires_at = excluded.expires_at
where own.user_id = $1
returning true as "connected!", microsoft_email, expires_at, created_at, updated_at

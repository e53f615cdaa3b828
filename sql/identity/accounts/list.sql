-- Without the provider's tokens, which never leave the database but encrypted.
-- $1 owner  $2 last id seen  $3 rows
select id, type, provider, provider_account_id, expires_at, token_type, scope, session_state,
       refresh_token_expires_in, created_at, updated_at
from identity.accounts
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3

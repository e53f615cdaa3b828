-- $1 owner  $2 account
select id, type, provider, provider_account_id, expires_at, token_type, scope, session_state,
       refresh_token_expires_in, created_at, updated_at
from identity.accounts
where user_id = $1
  and id = $2

-- Everything that identity stores about a user, table by table, without secrets and their hashes.
-- $1 user
select 'users' as "table!",
       (to_jsonb(own) - array['password_hash', 'security_answer_hash'])::text as "row!"
from identity.users as own
where id = $1
union all
select 'accounts', (to_jsonb(own) - array['access_token', 'refresh_token', 'id_token'])::text
from identity.accounts as own
where user_id = $1
union all
select 'sessions', (to_jsonb(own) - 'refresh_token_hash')::text from identity.sessions as own where user_id = $1
union all
select 'role_grants', to_jsonb(own)::text from identity.role_grants as own where user_id = $1
union all
select 'consents', to_jsonb(own)::text from identity.consents as own where user_id = $1
union all
select 'one_time_tokens', (to_jsonb(own) - 'token_hash')::text from identity.one_time_tokens as own where user_id = $1
union all
select 'idempotency_keys', (to_jsonb(own) - array['request_hash', 'response_body'])::text
from identity.idempotency_keys as own
where user_id = $1

-- Makes a platform administrator: of a new account, whose address counts as proven, or of the one that has it already,
-- if that is active and its address proven: or else whoever registered with an administrator's address would become
-- one. No row: the account was made by somebody else at this very moment.
-- $1 e-mail address  $2 password's hash
with made as (
  insert into identity.users (email, email_verified_at, password_hash)
  values ($1, now(), $2)
  on conflict ((lower(email))) do nothing
  returning id
), account as (
  select id, true as is_new, true as fit
  from made
  union all
  select id, false, status = 'active' and email_verified_at is not null
  from identity.users
  where lower(email) = lower($1::text)
), granted as (
  insert into identity.role_grants (user_id, domain, role_code)
  select id, 'platform', 'admin'
  from account
  where fit
  on conflict on constraint role_grants_user_id_role_code_domain_tenant_id_key do nothing
)
select id as "id!", is_new as "is_new!", fit as "fit!"
from account

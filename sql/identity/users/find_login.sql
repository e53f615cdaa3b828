-- Whom a login names, by e-mail address, telephone number or username, and how long no sign-in is tried. Always one
-- row: an unknown login has no account in it.
-- $1 login  $2 account's subject hash  $3 address's subject hash
select person.id as "id?",
       person.password_hash as "password_hash?",
       person.status as "status?",
       array(
         select distinct role_grants.domain::text || ':' || role_grants.role_code
         from identity.role_grants
         where role_grants.user_id = person.id
         order by 1
       ) as "roles!",
       (
         select ceil(extract(epoch from max(failed.blocked_until) - now()))::bigint
         from identity.login_failures as failed
         where (failed.kind, failed.subject_hash) in (('account', $2::bytea), ('address', $3::bytea))
           and failed.blocked_until > now()
       ) as blocked_seconds
from (values (true)) as asked
left join identity.users as person
  on lower(person.email) = lower($1::text) or lower(person.username) = lower($1) or person.phone = $1

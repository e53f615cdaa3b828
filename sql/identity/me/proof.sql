-- What can prove that it is really the user: the password's hash or, where there is none, that they signed in just now.
-- $1 user  $2 the family of sessions of the access token
select person.password_hash,
       (
         select coalesce(min(session.created_at) > now() - interval '10 minutes', false)
         from identity.sessions as session
         where session.user_id = $1
           and session.family_id = $2
       ) as "fresh!"
from identity.users as person
where person.id = $1

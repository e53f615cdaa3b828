-- $1 a person of the demo  $2 hash of the demo's password
insert into identity.users
  (id, email, username, password_hash, first_name, last_name, display_name, preferred_language, email_verified_at,
   created_at, updated_at)
select person.id,
       person.email,
       person.username,
       $2,
       person."firstName",
       person."lastName",
       person."displayName",
       person."preferredLanguage",
       since.joined,
       since.joined,
       since.joined
from jsonb_to_record($1::jsonb -> 'user') as person (
  id uuid,
  email text,
  username text,
  "firstName" text,
  "lastName" text,
  "displayName" text,
  "preferredLanguage" text,
  "createdDaysAgo" double precision)
cross join lateral (select now() - person."createdDaysAgo" * interval '1 day') as since (joined)
on conflict do nothing

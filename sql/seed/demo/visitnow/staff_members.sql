-- $1 the practices of the demo
insert into visitnow.staff_members (id, provider_id, user_id, role, permissions, created_at, updated_at)
select member.id,
       providers.id,
       person.id,
       member.role,
       member.permissions,
       now() - member."createdDaysAgo" * interval '1 day',
       now() - member."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'staff') as member (
  id uuid,
  provider uuid,
  "user" text,
  role visitnow.staff_role,
  permissions text[],
  "createdDaysAgo" double precision)
join visitnow.providers on providers.id = member.provider
join identity.users as person on person.id = ($1::jsonb #>> array['people', member."user"])::uuid
on conflict do nothing

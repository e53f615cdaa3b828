-- $1 the organization of the demo
insert into mentorship.group_memberships (id, user_id, group_id, joined_at, created_at)
select member.id,
       person.id,
       parent.id,
       now() - member."joinedDaysAgo" * interval '1 day',
       now() - member."joinedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'groups') as circle (id uuid, members jsonb)
join mentorship.support_groups as parent on parent.id = circle.id
cross join jsonb_to_recordset(circle.members) as member (
  id uuid,
  "user" text,
  "joinedDaysAgo" double precision)
join identity.users as person on person.id = ($1::jsonb #>> array['people', member."user"])::uuid
on conflict do nothing

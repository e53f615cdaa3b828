-- $1 the organization of the demo
insert into mentorship.support_groups (id, name, description, last_active, created_at, updated_at)
select circle.id,
       circle.name,
       circle.description,
       latest.joined,
       now() - circle."createdDaysAgo" * interval '1 day',
       now() - circle."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'groups') as circle (
  id uuid,
  name text,
  description text,
  members jsonb,
  "createdDaysAgo" double precision)
cross join lateral (
  select now() - min((member ->> 'joinedDaysAgo')::double precision) * interval '1 day'
  from jsonb_array_elements(circle.members) as member
) as latest (joined)
on conflict do nothing

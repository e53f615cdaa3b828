-- $1 the support groups, without anybody in them
insert into mentorship.support_groups (id, name, description, created_at, updated_at)
select circle.id, circle.name, circle.description, since.made, since.made
from jsonb_to_recordset($1::jsonb) as circle (id uuid, name text, description text)
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

-- $1 the emigrants of the demo
insert into migratio.roadmap_shares (
  user_id, id, roadmap_id, shared_with_id, access)
select
  own.user_id, own.id, own.roadmap_id, own.shared_with_id, own.access
from jsonb_to_recordset($1::jsonb -> 'roadmap_shares') as own (
  user_id uuid, id uuid, roadmap_id uuid, shared_with_id uuid, access migratio.share_access)
join identity.users as person on person.id = own.user_id
join identity.users as other on other.id = own.shared_with_id
join migratio.roadmaps as parent on parent.user_id = own.user_id and parent.id = own.roadmap_id
on conflict do nothing

-- $1 the emigrants of the demo
insert into migratio.roadmaps (
  user_id, id, recommendation_item_id, program_id, title, status, phases)
select
  own.user_id, own.id, own.recommendation_item_id, own.program_id, own.title, own.status, own.phases
from jsonb_to_recordset($1::jsonb -> 'roadmaps') as own (
  user_id uuid, id uuid, recommendation_item_id uuid, program_id uuid, title text, status migratio.roadmap_status,
  phases jsonb)
join identity.users as person on person.id = own.user_id
join migratio.programs as program on program.id = own.program_id
join migratio.recommendation_items as parent on parent.user_id = own.user_id and parent.id = own.recommendation_item_id
on conflict do nothing

-- $1 the emigrants of the demo
insert into migratio.document_checklists (
  user_id, id, program_id, roadmap_id, title, status, items, completion_percentage)
select
  own.user_id, own.id, own.program_id, own.roadmap_id, own.title, own.status, own.items, own.completion_percentage
from jsonb_to_recordset($1::jsonb -> 'document_checklists') as own (
  user_id uuid, id uuid, program_id uuid, roadmap_id uuid, title text, status migratio.checklist_status,
  items jsonb, completion_percentage integer)
join identity.users as person on person.id = own.user_id
join migratio.programs as program on program.id = own.program_id
join migratio.roadmaps as parent on parent.user_id = own.user_id and parent.id = own.roadmap_id
on conflict do nothing

-- Without items it has those that the programme asks for; without a title it is called like the programme.
-- $1 owner  $2 title, if it has one  $3 programme, if there is one  $4 items, if they are not the programme's
insert into migratio.document_checklists (user_id, title, program_id, items)
select
  $1,
  coalesce($2, (select name from migratio.programs where id = $3), 'Documents'),
  $3,
  coalesce(jsonb_strip_nulls($4), migratio.checklist_items($3))
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, program_id, roadmap_id, title, status, items, completion_percentage, created_at, updated_at

-- A trigger refuses what is no move from here.
-- $1 who edits it  $2 roadmap
update migratio.roadmaps
set status = 'active'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor,
  migratio.roadmap_reader($1, $2) as reader
where roadmaps.user_id = reader.user_id
  and roadmaps.id = $2
  and reader.access >= 'edit'
returning id, case when reader.access = 'owner' then recommendation_item_id end as recommendation_item_id,
          program_id,
          (select program.name from migratio.programs as program where program.id = program_id) as "program_name!: String",
          title, description, status, phases, planning_assessment_results, settlement_progress, notes,
          pdf_export, reader.access as "access!", created_at, updated_at

-- A task of one's own, the last of its phase. A trigger has the statuses follow.
-- $1 who edits it  $2 roadmap  $3 phase  $4 task, without its id
update migratio.roadmaps
set phases = migratio.with_tasks(phases, $3, migratio.tasks_of(phases, $3) || jsonb_build_array(
  jsonb_strip_nulls(jsonb_build_object('id', base.uuid_v7()) || $4::jsonb)))
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor,
  migratio.roadmap_reader($1, $2) as reader
where roadmaps.user_id = reader.user_id
  and roadmaps.id = $2
  and reader.access >= 'edit'
  and migratio.tasks_of(phases, $3) is not null
returning id, case when reader.access = 'owner' then recommendation_item_id end as recommendation_item_id,
          program_id,
          (select program.name from migratio.programs as program where program.id = program_id) as "program_name!: String",
          title, description, status, phases, planning_assessment_results, settlement_progress, notes,
          pdf_export, reader.access as "access!", created_at, updated_at

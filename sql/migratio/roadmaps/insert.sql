-- A trigger refuses another's recommendation, and a programme that is not open. The checklist comes with it.
-- $1 owner  $2 recommendation  $3 programme, where there is no recommendation  $4 title, null: the programme's name
-- $5 description  $6 first day, null: today (UTC)
with chosen as (
  select coalesce($3::uuid, (
    select item.program_id
    from migratio.recommendation_items as item
    where item.user_id = $1
      and item.id = $2
  )) as program_id
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
), made as (
  insert into migratio.roadmaps (user_id, recommendation_item_id, program_id, title, description, phases)
  select $1, $2, chosen.program_id, coalesce($4, program.name), $5,
         migratio.roadmap_phases(chosen.program_id, coalesce($6::date, (now() at time zone 'UTC')::date))
  from chosen
  left join migratio.programs as program on program.id = chosen.program_id
  returning id, recommendation_item_id, program_id, title, description, status, phases, planning_assessment_results,
            settlement_progress, notes, pdf_export, created_at, updated_at
), listed as (
  insert into migratio.document_checklists (user_id, program_id, roadmap_id, title, items)
  select $1, made.program_id, made.id, made.title, migratio.checklist_items(made.program_id)
  from made
)
select id as "id!", recommendation_item_id, program_id as "program_id!",
       (select program.name from migratio.programs as program where program.id = made.program_id) as "program_name!: String",
       title as "title!", description, status as "status!", phases as "phases!: Json<Vec<RoadmapPhase>>",
       planning_assessment_results as "planning_assessment_results: PlanningAssessmentResults",
       settlement_progress as "settlement_progress: SettlementProgress", notes, pdf_export as "pdf_export: PdfExport",
       migratio.roadmap_access 'owner' as "access!", created_at as "created_at!", updated_at as "updated_at!"
from made

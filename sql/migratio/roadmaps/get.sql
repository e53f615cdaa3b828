-- $1 reader  $2 roadmap
select roadmap.id, case when reader.access = 'owner' then roadmap.recommendation_item_id end as recommendation_item_id,
       roadmap.program_id,
       (select program.name from migratio.programs as program where program.id = roadmap.program_id) as "program_name!: String",
       roadmap.title, roadmap.description, roadmap.status, roadmap.phases, roadmap.planning_assessment_results,
       roadmap.settlement_progress, roadmap.notes, roadmap.pdf_export, reader.access as "access!",
       roadmap.created_at, roadmap.updated_at
from migratio.roadmap_reader($1, $2) as reader
join migratio.roadmaps as roadmap on roadmap.user_id = reader.user_id
where roadmap.id = $2

-- $1 owner  $2 last id seen  $3 rows  $4 statuses, none: all
select roadmap.id, roadmap.recommendation_item_id, roadmap.program_id,
       (select program.name from migratio.programs as program where program.id = roadmap.program_id) as "program_name!: String",
       roadmap.title, roadmap.description, roadmap.status, roadmap.phases, roadmap.planning_assessment_results,
       roadmap.settlement_progress, roadmap.notes, roadmap.pdf_export, migratio.roadmap_access 'owner' as "access!",
       roadmap.created_at, roadmap.updated_at
from migratio.roadmaps as roadmap
where roadmap.user_id = $1
  and roadmap.id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::migratio.roadmap_status[]) = 0 then true else roadmap.status = any ($4) end
order by roadmap.id desc
limit $3

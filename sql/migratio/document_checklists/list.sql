-- $1 owner  $2 last id seen  $3 rows  $4 status, if only that  $5 programme, if only that  $6 roadmap, if only that
select id, program_id, roadmap_id, title, status, items, completion_percentage, created_at, updated_at
from migratio.document_checklists
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when $4::migratio.checklist_status is null then true else status = $4 end
  and case when $5::uuid is null then true else program_id = $5 end
  and case when $6::uuid is null then true else roadmap_id = $6 end
order by id desc
limit $3

-- $1 owner  $2 last id seen  $3 rows  $4 statuses  $5 source
select id, source, status, progress, message, results, error, started_at, completed_at, created_at, updated_at
from smatrx.skill_imports
where user_id = $1
  and source = $5
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::smatrx.import_status[]) = 0 then true else status = any ($4) end
order by id desc
limit $3

-- Filters are cases: of `$4 is null or …` the planner expects next to no rows, and sorts instead of reading in order.
-- $1 owner  $2 last id seen  $3 rows  $4 job  $5 document type
select id, job_id, document_type, title, file_name, file_url, file_size, mime_type, description, content, created_at,
       updated_at
from coach.documents
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when $4::uuid is null then true else job_id = $4 end
  and case when $5::coach.document_type is null then true else document_type = $5 end
order by id desc
limit $3

-- What happened to the rows of one table, newest first.
-- $1 entity type  $2 from  $3 to (excluded)  $4 time and $5 id of the last entry seen  $6 rows
select id, created_at, actor_id, action, entity_type, entity_id, payload
from audit.logs
where entity_type = $1::text
  and created_at >= coalesce($2::timestamptz, '-infinity'::timestamptz)
  and created_at < coalesce($3::timestamptz, 'infinity'::timestamptz)
  and created_at <= coalesce($4::timestamptz, 'infinity'::timestamptz)
  and (created_at, id)
      < (coalesce($4::timestamptz, 'infinity'::timestamptz),
         coalesce($5::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by created_at desc, id desc
limit $6

-- Newest first. The times are compared on their own, too: that is what rules out partitions.
-- $1 from  $2 to (excluded)  $3 time and $4 id of the last entry seen  $5 rows
select id, created_at, actor_id, action, entity_type, entity_id, payload
from audit.logs
where created_at >= coalesce($1::timestamptz, '-infinity'::timestamptz)
  and created_at < coalesce($2::timestamptz, 'infinity'::timestamptz)
  and created_at <= coalesce($3::timestamptz, 'infinity'::timestamptz)
  and (created_at, id)
      < (coalesce($3::timestamptz, 'infinity'::timestamptz),
         coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by created_at desc, id desc
limit $5

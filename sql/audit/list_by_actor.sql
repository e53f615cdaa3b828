-- What somebody did, newest first.
-- $1 actor  $2 entity type, if only that  $3 from  $4 to (excluded)  $5 time and $6 id of the last entry seen  $7 rows
select id, created_at, actor_id, action, entity_type, entity_id, payload
from audit.logs
where actor_id = $1::uuid
  and ($2::text is null or entity_type = $2)
  and created_at >= coalesce($3::timestamptz, '-infinity'::timestamptz)
  and created_at < coalesce($4::timestamptz, 'infinity'::timestamptz)
  and created_at <= coalesce($5::timestamptz, 'infinity'::timestamptz)
  and (created_at, id)
      < (coalesce($5::timestamptz, 'infinity'::timestamptz),
         coalesce($6::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by created_at desc, id desc
limit $7

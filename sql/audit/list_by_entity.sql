-- What happened to one row, newest first.
-- $1 entity id  $2 entity type, if only that  $3 actor, if only theirs  $4 from  $5 to (excluded)  $6 time and $7 id of the last entry seen  $8 rows
select id, created_at, actor_id, action, entity_type, entity_id, payload
from audit.logs
where entity_id = $1::uuid
  and ($2::text is null or entity_type = $2)
  and ($3::uuid is null or actor_id = $3)
  and created_at >= coalesce($4::timestamptz, '-infinity'::timestamptz)
  and created_at < coalesce($5::timestamptz, 'infinity'::timestamptz)
  and created_at <= coalesce($6::timestamptz, 'infinity'::timestamptz)
  and (created_at, id)
      < (coalesce($6::timestamptz, 'infinity'::timestamptz),
         coalesce($7::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by created_at desc, id desc
limit $8

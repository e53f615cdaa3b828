-- The one that was last spoken in first.
-- $1 owner  $2 last id seen  $3 rows  $4 last time seen
select id, title, context, metadata, created_at, updated_at
from coach.conversations
where user_id = $1
  and (updated_at, id) < (
    coalesce($4::timestamptz, 'infinity'::timestamptz),
    coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by updated_at desc, id desc
limit $3

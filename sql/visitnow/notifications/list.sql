-- Filters are cases: of `$4 is null or …` the planner expects next to no rows, and sorts instead of reading in order.
-- $1 owner  $2 last id seen  $3 rows  $4 statuses  $5 channels  $6 template
select id, template_key, channel, status, recipient, meta, reason, attempts, expires_at, created_at, updated_at
from visitnow.notifications
where user_id = $1
  and coalesce(expires_at, 'infinity') > now()
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::visitnow.notification_status[]) = 0 then true else status = any ($4) end
  and case when cardinality($5::visitnow.notification_channel[]) = 0 then true else channel = any ($5) end
  and case when $6::text is null then true else template_key = $6 end
order by id desc
limit $3

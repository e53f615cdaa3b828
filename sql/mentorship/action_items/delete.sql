-- $1 author  $2 action item  $3 accepted versions
delete from mentorship.action_items
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where created_by_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

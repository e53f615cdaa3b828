-- Triggers keep those that are held, or booked for a time to come.
-- $1 actor  $2 slot  $3 accepted versions
delete from visitnow.slots
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and visitnow.acts_for($1, provider_id, 'availability:write')
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

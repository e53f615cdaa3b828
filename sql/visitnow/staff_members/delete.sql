-- A trigger refuses to take what the actor may not do themselves.
-- $1 whose membership it is, or who manages the practice  $2 membership  $3 accepted versions
delete from visitnow.staff_members
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and (user_id = $1 or visitnow.acts_for($1, provider_id, 'clinic:write'))
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

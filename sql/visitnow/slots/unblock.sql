-- $1 actor  $2 slot
update visitnow.slots
set status = 'open'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and visitnow.acts_for($1, provider_id, 'availability:write')
returning id

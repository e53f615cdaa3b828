-- $1 who may write it  $2 service  $3 accepted versions  $4 name  $5 description  $6 duration minutes  $7 mode
-- $8 price  $9 currency  $10 is active
update visitnow.services
set name = $4,
    description = $5,
    duration_minutes = $6,
    mode = $7,
    price = $8,
    currency = $9,
    is_active = $10
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and visitnow.acts_for($1, provider_id, 'clinic:write')
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, provider_id, name, description, duration_minutes, mode, price, currency, is_active, created_at,
          updated_at, true as "may_write!"

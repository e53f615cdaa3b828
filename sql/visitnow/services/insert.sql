-- A trigger refuses whoever may not.
-- $1 who may write it  $2 provider  $3 name  $4 description  $5 duration minutes  $6 mode  $7 price  $8 currency
-- $9 is active
insert into visitnow.services
  (provider_id, name, description, duration_minutes, mode, price, currency, is_active)
select $2, $3, $4, $5, $6, $7, $8, $9
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, provider_id, name, description, duration_minutes, mode, price, currency, is_active, created_at,
          updated_at, true as "may_write!"

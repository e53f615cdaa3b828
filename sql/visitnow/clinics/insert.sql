-- A trigger refuses whoever may not.
-- $1 who may write it  $2 provider  $3 name  $4 address  $5 geo  $6 telehealth  $7 contact  $8 time zone
insert into visitnow.clinics
  (provider_id, name, address, geo, telehealth, contact, time_zone)
select $2, $3, $4, $5, $6, $7, $8
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, provider_id, name, address, geo, telehealth, contact, time_zone, created_at, updated_at, true as "may_write!"

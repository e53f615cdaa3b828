-- $1 who may write it  $2 clinic  $3 accepted versions  $4 name  $5 address  $6 geo  $7 telehealth  $8 contact
-- $9 time zone
update visitnow.clinics
set name = $4,
    address = $5,
    geo = $6,
    telehealth = $7,
    contact = $8,
    time_zone = $9
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and visitnow.acts_for($1, provider_id, 'clinic:write')
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, provider_id, name, address, geo, telehealth, contact, time_zone, created_at, updated_at, true as "may_write!"

-- $1 owner  $2 language  $3 device
insert into migratio.quiz_responses (user_id, language, device_info)
select $1, coalesce($2, 'en'), $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, status, started_at, completed_at, language, device_info, created_at, updated_at

-- $1 owner  $2 experience  $3 accepted versions  $4 company  $5 position  $6 description  $7 location  $8 work mode
-- $9 start date  $10 end date  $11 is current  $12 achievements  $13 technologies
update coach.experiences
set company = $4,
    position = $5,
    description = $6,
    location = $7,
    work_mode = $8,
    start_date = $9,
    end_date = $10,
    is_current = $11,
    achievements = $12,
    technologies = $13
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, company, position, description, location, work_mode, start_date, end_date, is_current, achievements,
          technologies, created_at, updated_at

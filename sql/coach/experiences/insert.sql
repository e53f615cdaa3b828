-- $1 owner  $2 company  $3 position  $4 description  $5 location  $6 work mode  $7 start date  $8 end date
-- $9 is current  $10 achievements  $11 technologies
insert into coach.experiences
  (user_id, user_profile_id, company, position, description, location, work_mode, start_date, end_date, is_current,
   achievements, technologies)
select $1, coach.own_profile($1), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, company, position, description, location, work_mode, start_date, end_date, is_current, achievements,
          technologies, created_at, updated_at

-- $1 owner  $2 experience
select id, company, position, description, location, work_mode, start_date, end_date, is_current, achievements,
       technologies, created_at, updated_at
from coach.experiences
where user_id = $1
  and id = $2

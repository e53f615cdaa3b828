-- $1 owner  $2 name  $3 category  $4 level  $5 years of experience  $6 endorsements
insert into coach.skills
  (user_id, user_profile_id, name, category, level, years_of_experience, endorsements)
select $1, coach.own_profile($1), $2, $3, $4, $5, $6
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, name, category, level, years_of_experience, endorsements, created_at, updated_at

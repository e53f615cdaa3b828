-- $1 owner  $2 skill  $3 accepted versions  $4 name  $5 category  $6 level  $7 years of experience  $8 endorsements
update coach.skills
set name = $4,
    category = $5,
    level = $6,
    years_of_experience = $7,
    endorsements = $8
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, name, category, level, years_of_experience, endorsements, created_at, updated_at

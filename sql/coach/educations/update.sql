-- $1 owner  $2 education  $3 accepted versions  $4 institution  $5 degree  $6 field of study  $7 location
-- $8 start date  $9 end date  $10 is current  $11 gpa  $12 achievements  $13 coursework
update coach.educations
set institution = $4,
    degree = $5,
    field_of_study = $6,
    location = $7,
    start_date = $8,
    end_date = $9,
    is_current = $10,
    gpa = $11,
    achievements = $12,
    coursework = $13
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, institution, degree, field_of_study, location, start_date, end_date, is_current, gpa, achievements,
          coursework, created_at, updated_at

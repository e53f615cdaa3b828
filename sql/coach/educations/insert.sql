-- $1 owner  $2 institution  $3 degree  $4 field of study  $5 location  $6 start date  $7 end date  $8 is current
-- $9 gpa  $10 achievements  $11 coursework
insert into coach.educations
  (user_id, user_profile_id, institution, degree, field_of_study, location, start_date, end_date, is_current, gpa,
   achievements, coursework)
select $1, coach.own_profile($1), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, institution, degree, field_of_study, location, start_date, end_date, is_current, gpa, achievements,
          coursework, created_at, updated_at

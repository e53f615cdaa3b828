-- $1 owner  $2 education
select id, institution, degree, field_of_study, location, start_date, end_date, is_current, gpa, achievements,
       coursework, created_at, updated_at
from coach.educations
where user_id = $1
  and id = $2

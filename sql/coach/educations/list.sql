-- $1 owner  $2 last id seen  $3 rows
select id, institution, degree, field_of_study, location, start_date, end_date, is_current, gpa, achievements,
       coursework, created_at, updated_at
from coach.educations
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3

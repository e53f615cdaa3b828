-- $1 a person of the demo  $2 their id
insert into coach.educations
  (user_id, id, user_profile_id, institution, degree, field_of_study, location, start_date, end_date, is_current, gpa,
   achievements, coursework, created_at, updated_at)
select profile.user_id,
       education.id,
       profile.id,
       education.institution,
       education.degree,
       education."fieldOfStudy",
       education.location,
       date_trunc('month', now()) - make_interval(months => education."startMonthsAgo"),
       date_trunc('month', now()) - make_interval(months => education."endMonthsAgo" - 1, days => 1),
       education."endMonthsAgo" is null,
       education.gpa,
       education.achievements,
       education.coursework,
       profile.created_at,
       profile.created_at
from coach.user_profiles as profile
cross join jsonb_to_recordset($1::jsonb #> '{coach,profile,educations}') as education (
  id uuid,
  institution text,
  degree text,
  "fieldOfStudy" text,
  location text,
  "startMonthsAgo" integer,
  "endMonthsAgo" integer,
  gpa double precision,
  achievements text[],
  coursework text[])
where profile.user_id = $2
on conflict do nothing

-- $1 a person of the demo  $2 their id
insert into coach.experiences
  (user_id, id, user_profile_id, company, position, description, location, work_mode, start_date, end_date, is_current,
   achievements, technologies, created_at, updated_at)
select profile.user_id,
       experience.id,
       profile.id,
       experience.company,
       experience.position,
       experience.description,
       experience.location,
       experience."workMode",
       date_trunc('month', now()) - make_interval(months => experience."startMonthsAgo"),
       date_trunc('month', now()) - make_interval(months => experience."endMonthsAgo" - 1, days => 1),
       experience."endMonthsAgo" is null,
       experience.achievements,
       experience.technologies,
       profile.created_at,
       profile.created_at
from coach.user_profiles as profile
cross join jsonb_to_recordset($1::jsonb #> '{coach,profile,experiences}') as experience (
  id uuid,
  company text,
  position text,
  description text,
  location text,
  "workMode" coach.work_mode,
  "startMonthsAgo" integer,
  "endMonthsAgo" integer,
  achievements text[],
  technologies text[])
where profile.user_id = $2
on conflict do nothing

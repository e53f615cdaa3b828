-- $1 a person of the demo  $2 their id
insert into coach.skills
  (user_id, id, user_profile_id, name, category, level, years_of_experience, endorsements, created_at, updated_at)
select profile.user_id,
       skill.id,
       profile.id,
       skill.name,
       skill.category,
       skill.level,
       skill."yearsOfExperience",
       skill.endorsements,
       profile.created_at,
       profile.created_at
from coach.user_profiles as profile
cross join jsonb_to_recordset($1::jsonb #> '{coach,profile,skills}') as skill (
  id uuid,
  name text,
  category text,
  level coach.skill_level,
  "yearsOfExperience" integer,
  endorsements integer)
where profile.user_id = $2
on conflict do nothing

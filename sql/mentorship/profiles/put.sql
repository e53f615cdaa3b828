-- $1 owner  $2 version seen, null: there is none yet  $3 department  $4 position  $5 organization  $6 bio  $7 skills
-- $8 interests  $9 goals  $10 availability  $11 years of experience  $12 area of expertise  $13 mentorship style
-- $14 preferred communication  $15 max mentee capacity  $16 accepting new mentees  $17 supports new mothers
insert into mentorship.profiles as own
  (user_id, department, position, organization, bio, skills, interests, goals, availability, years_of_experience,
   area_of_expertise, mentorship_style, preferred_communication, max_mentee_capacity, accepting_new_mentees,
   supports_new_mothers)
select $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (user_id) do update
set department = excluded.department,
    position = excluded.position,
    organization = excluded.organization,
    bio = excluded.bio,
    skills = excluded.skills,
    interests = excluded.interests,
    goals = excluded.goals,
    availability = excluded.availability,
    years_of_experience = excluded.years_of_experience,
    area_of_expertise = excluded.area_of_expertise,
    mentorship_style = excluded.mentorship_style,
    preferred_communication = excluded.preferred_communication,
    max_mentee_capacity = excluded.max_mentee_capacity,
    accepting_new_mentees = excluded.accepting_new_mentees,
    supports_new_mothers = excluded.supports_new_mothers
where own.updated_at = $2
returning id, department, position, organization, bio, skills, interests, goals, availability, years_of_experience,
          area_of_expertise, mentorship_style, preferred_communication, max_mentee_capacity, current_mentee_count,
          accepting_new_mentees, supports_new_mothers, onboarding_status, onboarding_step, onboarding_completed_at,
          created_at, updated_at

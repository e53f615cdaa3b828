-- $1 owner
select id, department, position, organization, bio, skills, interests, goals, availability, years_of_experience,
       area_of_expertise, mentorship_style, preferred_communication, max_mentee_capacity, current_mentee_count,
       accepting_new_mentees, supports_new_mothers, onboarding_status, onboarding_step, onboarding_completed_at,
       created_at, updated_at
from mentorship.profiles
where user_id = $1

-- $1 owner
select id, bio, title, company, location, linkedin_url, github_url, website_url, years_experience, career_stage,
       industries, languages, availability, remote_preference, salary_expectation, target_role, career_timeline,
       willing_to_relocate, preferred_locations, onboarding_completed, onboarding_completed_at, created_at, updated_at
from smatrx.profiles
where user_id = $1

-- Once, and only with everything that it asks for.
-- $1 owner
update smatrx.profiles
set onboarding_completed = true,
    onboarding_completed_at = now()
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and not onboarding_completed
  and title is not null
  and career_stage is not null
  and industries <> '{}'
  and target_role is not null
returning id, bio, title, company, location, linkedin_url, github_url, website_url, years_experience, career_stage,
          industries, languages, availability, remote_preference, salary_expectation, target_role, career_timeline,
          willing_to_relocate, preferred_locations, onboarding_completed, onboarding_completed_at, created_at,
          updated_at

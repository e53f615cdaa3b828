-- $1 owner  $2 version seen, null: there is none yet  $3 bio  $4 title  $5 company  $6 location  $7 LinkedIn URL
-- $8 GitHub URL  $9 website URL  $10 years of experience  $11 career stage  $12 industries  $13 languages
-- $14 availability  $15 remote preference  $16 salary expectation  $17 target role  $18 career timeline
-- $19 willing to relocate  $20 preferred locations
insert into smatrx.profiles as own
  (user_id, bio, title, company, location, linkedin_url, github_url, website_url, years_experience, career_stage,
   industries, languages, availability, remote_preference, salary_expectation, target_role, career_timeline,
   willing_to_relocate, preferred_locations)
select $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (user_id) do update
set bio = excluded.bio,
    title = excluded.title,
    company = excluded.company,
    location = excluded.location,
    linkedin_url = excluded.linkedin_url,
    github_url = excluded.github_url,
    website_url = excluded.website_url,
    years_experience = excluded.years_experience,
    career_stage = excluded.career_stage,
    industries = excluded.industries,
    languages = excluded.languages,
    availability = excluded.availability,
    remote_preference = excluded.remote_preference,
    salary_expectation = excluded.salary_expectation,
    target_role = excluded.target_role,
    career_timeline = excluded.career_timeline,
    willing_to_relocate = excluded.willing_to_relocate,
    preferred_locations = excluded.preferred_locations
where own.updated_at = $2
returning id, bio, title, company, location, linkedin_url, github_url, website_url, years_experience, career_stage,
          industries, languages, availability, remote_preference, salary_expectation, target_role, career_timeline,
          willing_to_relocate, preferred_locations, onboarding_completed, onboarding_completed_at, created_at,
          updated_at

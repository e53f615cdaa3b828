-- Writes the profile alone; its lists, read along with it, belong to the version that was seen and so have not changed.
-- $1 owner  $2 version seen, null: there is none yet  $3 phone  $4 bio  $5 location  $6 city  $7 state  $8 country
-- $9 zip code  $10 LinkedIn URL  $11 GitHub URL  $12 portfolio URL  $13 website URL  $14 current job title
-- $15 current company  $16 years of experience  $17 timezone  $18 preferences
with profile as (
  insert into coach.user_profiles as own
    (user_id, phone, bio, location, city, state, country, zip_code, linkedin_url, github_url, portfolio_url,
     website_url, current_job_title, current_company, years_of_experience, timezone, preferences)
  select $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  on conflict (user_id) do update
  set phone = excluded.phone,
      bio = excluded.bio,
      location = excluded.location,
      city = excluded.city,
      state = excluded.state,
      country = excluded.country,
      zip_code = excluded.zip_code,
      linkedin_url = excluded.linkedin_url,
      github_url = excluded.github_url,
      portfolio_url = excluded.portfolio_url,
      website_url = excluded.website_url,
      current_job_title = excluded.current_job_title,
      current_company = excluded.current_company,
      years_of_experience = excluded.years_of_experience,
      timezone = excluded.timezone,
      preferences = excluded.preferences
  where own.updated_at = $2
  returning id, phone, bio, location, city, state, country, zip_code, linkedin_url, github_url, portfolio_url,
            website_url, current_job_title, current_company, years_of_experience, timezone, preferences, created_at,
            updated_at
)
select
  id, phone, bio, location, city, state, country, zip_code, linkedin_url, github_url, portfolio_url, website_url,
  current_job_title, current_company, years_of_experience, timezone, preferences, created_at, updated_at,
  array(
    select to_jsonb(part)
    from coach.experiences as part
    where part.user_id = $1
      and part.user_profile_id = profile.id
    order by part.is_current desc, part.start_date desc, part.id desc
  ) as "experiences!: Vec<Experience>",
  array(
    select to_jsonb(part)
    from coach.educations as part
    where part.user_id = $1
      and part.user_profile_id = profile.id
    order by part.is_current desc, part.start_date desc, part.id desc
  ) as "educations!: Vec<Education>",
  array(
    select to_jsonb(part)
    from coach.skills as part
    where part.user_id = $1
      and part.user_profile_id = profile.id
    order by part.category, part.level desc, lower(part.name)
  ) as "skills!: Vec<Skill>",
  array(
    select to_jsonb(part)
    from coach.certifications as part
    where part.user_id = $1
      and part.user_profile_id = profile.id
    order by part.issue_date desc, part.id desc
  ) as "certifications!: Vec<Certification>"
from profile

-- The profile with its lists, as one document.
-- $1 owner
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
from coach.user_profiles as profile
where user_id = $1

-- $1 owner  $2 job
select id, title, company, company_url, location, work_mode, job_type, salary_min, salary_max, salary_currency,
       job_url, description, requirements, responsibilities, benefits, status, source, referral_name, contact_name,
       contact_email, contact_phone, posted_at, application_deadline, applied_at, priority, tags, notes,
       match_score, ai_analysis, created_at, updated_at
from coach.jobs
where user_id = $1
  and id = $2

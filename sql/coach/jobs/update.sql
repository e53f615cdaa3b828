-- $1 owner  $2 job  $3 accepted versions  $4 title  $5 company  $6 company URL  $7 location  $8 work mode
-- $9 job type  $10 salary min  $11 salary max  $12 salary currency  $13 job URL  $14 description  $15 requirements
-- $16 responsibilities  $17 benefits  $18 status  $19 source  $20 referral name  $21 contact name  $22 contact email
-- $23 contact phone  $24 posted at  $25 application deadline  $26 priority  $27 tags  $28 notes  $29 match score
-- $30 AI analysis
update coach.jobs
set title = $4,
    company = $5,
    company_url = $6,
    location = $7,
    work_mode = $8,
    job_type = $9,
    salary_min = $10,
    salary_max = $11,
    salary_currency = $12,
    job_url = $13,
    description = $14,
    requirements = $15,
    responsibilities = $16,
    benefits = $17,
    status = coalesce($18::coach.job_status, status),
    source = $19,
    referral_name = $20,
    contact_name = $21,
    contact_email = $22,
    contact_phone = $23,
    posted_at = $24,
    application_deadline = $25,
    priority = $26,
    tags = $27,
    notes = $28,
    match_score = $29,
    ai_analysis = $30
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, title, company, company_url, location, work_mode, job_type, salary_min, salary_max, salary_currency,
          job_url, description, requirements, responsibilities, benefits, status, source, referral_name,
          contact_name, contact_email, contact_phone, posted_at, application_deadline, applied_at, priority, tags,
          notes, match_score, ai_analysis, created_at, updated_at

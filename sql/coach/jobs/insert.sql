-- $1 owner  $2 title  $3 company  $4 company URL  $5 location  $6 work mode  $7 job type  $8 salary min
-- $9 salary max  $10 salary currency  $11 job URL  $12 description  $13 requirements  $14 responsibilities
-- $15 benefits  $16 status  $17 source  $18 referral name  $19 contact name  $20 contact email  $21 contact phone
-- $22 posted at  $23 application deadline  $24 priority  $25 tags  $26 notes  $27 match score  $28 AI analysis
insert into coach.jobs
  (user_id, title, company, company_url, location, work_mode, job_type, salary_min, salary_max, salary_currency,
   job_url, description, requirements, responsibilities, benefits, status, source, referral_name, contact_name,
   contact_email, contact_phone, posted_at, application_deadline, priority, tags, notes, match_score, ai_analysis)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
       coalesce($16::coach.job_status, 'INTERESTED'), $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, title, company, company_url, location, work_mode, job_type, salary_min, salary_max, salary_currency,
          job_url, description, requirements, responsibilities, benefits, status, source, referral_name,
          contact_name, contact_email, contact_phone, posted_at, application_deadline, applied_at, priority, tags,
          notes, match_score, ai_analysis, created_at, updated_at

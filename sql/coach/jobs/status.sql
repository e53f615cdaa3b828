-- Triggers refuse what the flow forbids, and write the timeline with actor and reason.
-- $1 owner  $2 job  $3 status  $4 reason
update coach.jobs
set status = $3
from (
  select set_config('trellis.actor', $1::uuid::text, true),
         set_config('trellis.status_reason', coalesce($4::text, ''), true)
) as actor
where user_id = $1
  and id = $2
returning id, title, company, company_url, location, work_mode, job_type, salary_min, salary_max, salary_currency,
          job_url, description, requirements, responsibilities, benefits, status, source, referral_name,
          contact_name, contact_email, contact_phone, posted_at, application_deadline, applied_at, priority, tags,
          notes, match_score, ai_analysis, created_at, updated_at

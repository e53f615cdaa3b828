-- Jobs as their timelines have left them.
copy coach.jobs
  (user_id, id, title, company, location, work_mode, job_type, salary_min, salary_max, job_url, description, status,
   source, posted_at, application_deadline, applied_at, priority, tags, match_score, ai_analysis, created_at, updated_at)
from stdin (format binary)

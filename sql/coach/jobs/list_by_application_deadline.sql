-- Filters are cases: of `$5 is null or …` the planner expects next to no rows, and sorts instead of reading in order.
-- Soonest deadline first, then those without one, oldest first.
-- $1 owner  $2 last id seen  $3 rows  $4 statuses  $5 work mode  $6 job type  $7 tag  $8 pattern
-- $9 last application deadline seen
select id, title, company, company_url, location, work_mode, job_type, salary_min, salary_max, salary_currency,
       job_url, description, requirements, responsibilities, benefits, status, source, referral_name, contact_name,
       contact_email, contact_phone, posted_at, application_deadline, applied_at, priority, tags, notes,
       match_score, ai_analysis, created_at, updated_at
from coach.jobs
where user_id = $1
  and (coalesce(application_deadline, 'infinity'::timestamptz), id) > (
    case when $2::uuid is null then '-infinity'::timestamptz else coalesce($9, 'infinity'::timestamptz) end,
    coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid))
  and case when cardinality($4::coach.job_status[]) = 0 then true else status = any ($4) end
  and case when $5::coach.work_mode is null then true else work_mode = $5 end
  and case when $6::coach.job_type is null then true else job_type = $6 end
  and case when $7::text is null then true else $7 = any (tags) end
  and case
        when $8::text is null then true
        else title ilike $8 or company ilike $8 or description ilike $8 or location ilike $8
      end
order by coalesce(application_deadline, 'infinity'::timestamptz), id
limit $3

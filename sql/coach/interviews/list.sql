-- Filters are cases: of `$4 is null or …` the planner expects next to no rows, and sorts instead of reading in order.
-- $1 owner  $2 last id seen  $3 rows  $4 outcomes  $5 job
select id, job_id, application_id, interview_type, scheduled_at, duration, timezone, location, meeting_url,
       interviewers, round, outcome, completed_at, notes, preparation_notes, feedback, questions_asked,
       follow_up_sent_at, created_at, updated_at
from coach.interviews
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::coach.interview_outcome[]) = 0 then true else outcome = any ($4) end
  and case when $5::uuid is null then true else job_id = $5 end
order by id desc
limit $3

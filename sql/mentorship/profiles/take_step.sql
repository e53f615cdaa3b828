-- The step that follows the last one; the first one makes the profile. No row: it is not the next.
-- $1 owner  $2 step
insert into mentorship.profiles as own (user_id, onboarding_status, onboarding_step, onboarding_completed_at)
select $1,
       case $2::integer when 5 then 'completed' else 'in_progress' end::mentorship.onboarding_status,
       $2,
       case $2 when 5 then now() end
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where $2 = 1
   or exists (select from mentorship.profiles as mine where mine.user_id = $1)
on conflict (user_id) do update
set onboarding_status = excluded.onboarding_status,
    onboarding_step = excluded.onboarding_step,
    onboarding_completed_at = excluded.onboarding_completed_at
where own.onboarding_step = $2 - 1
returning id, department, position, organization, bio, skills, interests, goals, availability, years_of_experience,
          area_of_expertise, mentorship_style, preferred_communication, max_mentee_capacity, current_mentee_count,
          accepting_new_mentees, supports_new_mothers, onboarding_status, onboarding_step, onboarding_completed_at,
          created_at, updated_at

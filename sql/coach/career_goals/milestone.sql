-- Changes one milestone where it stands; of two that come at once, the second works on what the first made. A trigger
-- has progress and status follow.
-- $1 owner  $2 goal  $3 accepted versions  $4 index  $5 changed fields of the milestone
update coach.career_goals
set milestones = jsonb_set(milestones, array[$4::integer::text], (milestones -> $4) || $5::jsonb)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
  and jsonb_array_length(milestones) > $4
returning id, title, description, status, priority, progress, target_date, milestones, recommendations,
          created_at, updated_at

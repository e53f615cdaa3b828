-- A trigger has the statuses follow.
-- $1 who edits it  $2 roadmap  $3 phase  $4 task  $5 accepted versions
update migratio.roadmaps
set phases = migratio.with_tasks(phases, $3, coalesce((
  select jsonb_agg(task order by place)
  from jsonb_array_elements(migratio.tasks_of(phases, $3)) with ordinality as tasks (task, place)
  where task ->> 'id' <> $4::uuid::text), '[]'))
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor,
  migratio.roadmap_reader($1, $2) as reader
where roadmaps.user_id = reader.user_id
  and roadmaps.id = $2
  and reader.access >= 'edit'
  and migratio.tasks_of(phases, $3) @> jsonb_build_array(jsonb_build_object('id', $4::uuid))
  and ($5::timestamptz[] is null or updated_at = any ($5))
returning roadmaps.id

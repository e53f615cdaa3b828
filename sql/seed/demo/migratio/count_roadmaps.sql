-- Triggers are off: what they would have counted.
update migratio.programs
set popularity = counted.roadmaps
from (
  select program_id, count(*)
  from migratio.roadmaps
  group by program_id
) as counted (program_id, roadmaps)
where programs.id = counted.program_id
  and popularity <> counted.roadmaps

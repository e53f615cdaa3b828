-- $1 owner  $2 import
select id, source, status, progress, message, results, error, started_at, completed_at, created_at, updated_at
from smatrx.skill_imports
where user_id = $1
  and id = $2

-- $1 owner  $2 import  $3 attempt
select resume, items
from smatrx.skill_imports
where user_id = $1
  and id = $2
  and status = 'processing'
  and attempts = $3

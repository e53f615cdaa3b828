-- $1 who takes care of them  $2 dependant
select id, full_name, relationship, date_of_birth, notes, created_at, updated_at
from visitnow.dependants
where id = $2
  and patient_id = (select own.id from visitnow.patients as own where own.user_id = $1)

-- $1 who takes care of them  $2 last id seen  $3 rows
select id, full_name, relationship, date_of_birth, notes, created_at, updated_at
from visitnow.dependants
where patient_id = (select own.id from visitnow.patients as own where own.user_id = $1)
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by patient_id desc, id desc
limit $3

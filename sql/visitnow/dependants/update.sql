-- $1 who takes care of them  $2 dependant  $3 accepted versions  $4 full name  $5 relationship  $6 date of birth  $7 notes
update visitnow.dependants
set full_name = $4,
    relationship = $5,
    date_of_birth = $6,
    notes = $7
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and patient_id = (select own.id from visitnow.patients as own where own.user_id = $1)
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, full_name, relationship, date_of_birth, notes, created_at, updated_at

-- A trigger refuses whoever is no patient.
-- $1 owner  $2 version seen, null: there is none yet  $3 full name  $4 date of birth  $5 gender  $6 medical history
-- $7 primary language  $8 blood group  $9 allergies
insert into visitnow.patients as own
  (user_id, full_name, date_of_birth, gender, medical_history, primary_language, blood_group, allergies)
select $1, $3, $4, $5, $6, $7, $8, $9
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (user_id) do update
set full_name = excluded.full_name,
    date_of_birth = excluded.date_of_birth,
    gender = excluded.gender,
    medical_history = excluded.medical_history,
    primary_language = excluded.primary_language,
    blood_group = excluded.blood_group,
    allergies = excluded.allergies
where own.updated_at = $2
returning id, full_name, date_of_birth, gender, medical_history, primary_language, blood_group, allergies, created_at,
          updated_at

-- $1 owner
select id, full_name, date_of_birth, gender, medical_history, primary_language, blood_group, allergies, created_at,
       updated_at
from visitnow.patients
where user_id = $1

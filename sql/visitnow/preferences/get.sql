-- $1 patient's user
select id, channels, languages, consents, created_at, updated_at
from visitnow.preferences
where patient_id = (select own.id from visitnow.patients as own where own.user_id = $1)

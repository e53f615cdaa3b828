-- Where to is in profile_destinations.
-- $1 owner  $2 person  $3 education  $4 work  $5 languages  $6 means  $7 history  $8 preferences
update migratio.profiles
set personal_info = $2,
    education = $3,
    work_experience = $4,
    language_proficiency = $5,
    financial_resources = $6,
    immigration_history = $7,
    preferences = $8::jsonb - 'destinationCountries'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1

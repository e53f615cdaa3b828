-- Without the destinations, which are written after it; its version was seen with them.
-- $1 owner  $2 id of the row, to which what is encrypted is bound  $3 version seen, null: there is none yet
-- $4 personal info  $5 education  $6 work experience  $7 language proficiency  $8 financial resources
-- $9 immigration history  $10 preferences  $11 additional attributes, encrypted  $12 consents by name
insert into migratio.profiles as own
  (user_id, id, personal_info, education, work_experience, language_proficiency, financial_resources,
   immigration_history, preferences, additional_attributes, profile_metadata)
select $1, $2, $4, $5, $6, $7, $8, $9, $10::jsonb - 'destinationCountries', $11,
       jsonb_build_object('dataConsent', $12::jsonb)
from (select set_config('trellis.actor', $1::uuid::text, true), migratio.hold_person($1)) as actor
on conflict (user_id) do update
set personal_info = excluded.personal_info,
    education = excluded.education,
    work_experience = excluded.work_experience,
    language_proficiency = excluded.language_proficiency,
    financial_resources = excluded.financial_resources,
    immigration_history = excluded.immigration_history,
    preferences = excluded.preferences,
    additional_attributes = excluded.additional_attributes,
    profile_metadata = own.profile_metadata || jsonb_build_object('dataConsent', $12)
where own.updated_at = $3
returning own.id

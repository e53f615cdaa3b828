-- Everything that visitnow stores about a user, table by table: what is theirs, and what they wrote. Of a provider's
-- appointments the facts alone: what was said and written about the patient is the patient's.
-- $1 user
select 'providers' as "table!", (to_jsonb(own) - 'search')::text as "row!"
from visitnow.providers as own
where user_id = $1
union all
select 'clinics', to_jsonb(own)::text
from visitnow.clinics as own
where provider_id = (select id from visitnow.providers where user_id = $1)
union all
select 'services', to_jsonb(own)::text
from visitnow.services as own
where provider_id = (select id from visitnow.providers where user_id = $1)
union all
select 'credentials', to_jsonb(own)::text
from visitnow.credentials as own
where provider_id = (select id from visitnow.providers where user_id = $1)
union all
select 'staff_members', to_jsonb(own)::text
from visitnow.staff_members as own
where user_id = $1
union all
select 'patients', to_jsonb(own)::text
from visitnow.patients as own
where user_id = $1
union all
select 'dependants', to_jsonb(own)::text
from visitnow.dependants as own
where patient_id = (select id from visitnow.patients where user_id = $1)
union all
select 'preferences', to_jsonb(own)::text
from visitnow.preferences as own
where patient_id = (select id from visitnow.patients where user_id = $1)
union all
select 'availability_templates', to_jsonb(own)::text
from visitnow.availability_templates as own
where provider_id = (select id from visitnow.providers where user_id = $1)
union all
select 'slots', to_jsonb(own)::text
from visitnow.slots as own
where provider_id = (select id from visitnow.providers where user_id = $1)
union all
select 'appointments', to_jsonb(own)::text
from visitnow.appointments as own
where patient_id = (select id from visitnow.patients where user_id = $1)
union all
select 'appointments', (to_jsonb(own) - array['reason', 'notes', 'timeline'])::text
from visitnow.appointments as own
where provider_id = (select id from visitnow.providers where user_id = $1)
union all
select 'waitlist', to_jsonb(own)::text
from visitnow.waitlist as own
where patient_id = (select id from visitnow.patients where user_id = $1)
union all
select 'conversations', to_jsonb(own)::text
from visitnow.conversations as own
where patient_id = (select id from visitnow.patients where user_id = $1)
union all
select 'messages', to_jsonb(own)::text
from visitnow.messages as own
where conversation_id in (
    select conversations.id
    from visitnow.patients
    join visitnow.conversations on conversations.patient_id = patients.id
    where patients.user_id = $1)
union all
select 'messages', to_jsonb(own)::text
from visitnow.messages as own
where sender_id = $1
  and not from_patient
union all
select 'notifications', (to_jsonb(own) - 'next_attempt_at')::text
from visitnow.notifications as own
where user_id = $1
union all
select 'tickets', to_jsonb(own)::text
from visitnow.tickets as own
where id in (select ticket_id from visitnow.ticket_participants where user_id = $1)
union all
select 'ticket_participants', to_jsonb(own)::text
from visitnow.ticket_participants as own
where user_id = $1

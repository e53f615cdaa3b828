-- $1 provider's user, or staff  $2 provider  $3 last change seen  $4 last id seen  $5 rows
select
  id,
  provider_id,
  (select display_name from visitnow.providers where id = conversations.provider_id) as "provider_name!: String",
  patient_id,
  (select full_name from visitnow.patients where id = conversations.patient_id) as "patient_name!: String",
  subject,
  unread_count_provider,
  unread_count_patient,
  created_at,
  updated_at
from visitnow.conversations
where provider_id = $2
  and visitnow.acts_for($1, $2, 'messages:write')
  and (updated_at, id) < (
    coalesce($3::timestamptz, 'infinity'), coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by updated_at desc, id desc
limit $5

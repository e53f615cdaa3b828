-- $1 patient's user  $2 last change seen  $3 last id seen  $4 rows
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
where patient_id = (select id from visitnow.patients where user_id = $1)
  and (updated_at, id) < (
    coalesce($2::timestamptz, 'infinity'), coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
order by updated_at desc, id desc
limit $4

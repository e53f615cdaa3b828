-- $1 reader  $2 conversation  $3 last id seen  $4 rows
select id, conversation_id, sender_id, from_patient, content, read_at, created_at, updated_at
from visitnow.messages
where conversation_id = (
    select conversations.id
    from visitnow.conversations
    join visitnow.patients on patients.id = conversations.patient_id
    where conversations.id = $2
      and (patients.user_id = $1 or visitnow.acts_for($1, conversations.provider_id, 'messages:write')))
  and id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $4

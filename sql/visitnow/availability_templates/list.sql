-- Of the practices that the actor is of and may do this for, newest first.
-- $1 actor  $2 last id seen  $3 rows  $4 provider
select template.id, template.provider_id, template.clinic_id, template.slot_duration, template.buffer_minutes,
       template.slots, template.effective_from, template.effective_to, template.is_active, template.created_at,
       template.updated_at
from (
  select id from visitnow.providers where user_id = $1
  union
  select provider_id from visitnow.staff_members where user_id = $1
) as practice (id)
join visitnow.availability_templates as template on template.provider_id = practice.id
where visitnow.acts_for($1, practice.id, 'availability:write')
  and case when $4::uuid is null then true else practice.id = $4 end
  and template.id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by template.id desc
limit $3

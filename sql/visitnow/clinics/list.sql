-- Of every practice in which somebody works: each has its newest in order. Who may write is asked of one alone.
-- $1 who works there  $2 last id seen  $3 rows  $4 practice, null: all
select clinic.id, clinic.provider_id, clinic.name, clinic.address, clinic.geo, clinic.telehealth, clinic.contact,
       clinic.time_zone, clinic.created_at, clinic.updated_at,
       false as "may_write!"
from (
  select id
  from visitnow.providers
  where user_id = $1
  union
  select provider_id
  from visitnow.staff_members
  where user_id = $1
    and identity.has_role($1, 'visitnow', 'staff')
) as practice
cross join lateral (
  select id, provider_id, name, address, geo, telehealth, contact, time_zone, created_at, updated_at
  from visitnow.clinics
  where provider_id >= practice.id
    and (provider_id, id) < (practice.id, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by provider_id desc, id desc
  limit $3
) as clinic
where case when $4::uuid is null then true else practice.id = $4 end
order by clinic.id desc
limit $3

-- Of every practice in which somebody works: each has its newest in order. Who may write is asked of one alone.
-- $1 who works there  $2 last id seen  $3 rows  $4 practice, null: all
select service.id, service.provider_id, service.name, service.description, service.duration_minutes, service.mode,
       service.price, service.currency, service.is_active, service.created_at, service.updated_at,
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
  select id, provider_id, name, description, duration_minutes, mode, price, currency, is_active, created_at,
         updated_at
  from visitnow.services
  where provider_id >= practice.id
    and (provider_id, id) < (practice.id, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by provider_id desc, id desc
  limit $3
) as service
where case when $4::uuid is null then true else practice.id = $4 end
order by service.id desc
limit $3

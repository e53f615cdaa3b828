-- Without what a member likes.
-- $1 member  $2 whether who asks may see who they are to the payment provider
select
  person.id,
  coalesce(own.subscription_tier, 'free') as "subscription_tier!",
  own.subscription_expiry as "subscription_expiry: Timestamp",
  case when $2 then own.payment_gateway_customer_id end as payment_gateway_customer_id,
  coalesce(migratio.is_paid(own.subscription_tier, own.subscription_expiry, now()), false) as "is_paying!",
  coalesce(own.created_at, person.created_at) as "created_at!",
  coalesce(own.updated_at, person.created_at) as "updated_at!"
from identity.users as person
left join migratio.members as own
  on own.user_id = person.id
where person.id = $1

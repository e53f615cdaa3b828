-- Nothing where there is no such person, or their membership is none of the accepted versions.
-- $1 who acts  $2 member  $3 accepted versions, null: any  $4 subscription tier  $5 subscription expiry
-- $6 payment gateway's customer id
insert into migratio.members as own (user_id, subscription_tier, subscription_expiry, payment_gateway_customer_id)
select person.id, $4, $5, $6
from identity.users as person
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where person.id = $2
  and (
    $3::timestamptz[] is null
    or person.created_at = any ($3)
    or exists (
      select
      from migratio.members
      where user_id = $2))
on conflict (user_id) do update
set subscription_tier = excluded.subscription_tier,
    subscription_expiry = excluded.subscription_expiry,
    payment_gateway_customer_id = excluded.payment_gateway_customer_id
where $3 is null
   or own.updated_at = any ($3)
returning
  user_id as id, subscription_tier, subscription_expiry, payment_gateway_customer_id,
  migratio.is_paid(subscription_tier, subscription_expiry, now()) as "is_paying!", created_at, updated_at

-- Everybody is a member: who has not written anything yet has what the row's defaults are.
-- $1 member
select
  person.id,
  coalesce(own.subscription_tier, 'free') as "subscription_tier!",
  own.subscription_expiry as "subscription_expiry: Timestamp",
  coalesce(migratio.is_paid(own.subscription_tier, own.subscription_expiry, now()), false) as "is_paying!",
  coalesce(own.preferences, '{}') as "preferences!: MemberPreferences",
  coalesce(own.created_at, person.created_at) as "created_at!",
  coalesce(own.updated_at, person.created_at) as "updated_at!"
from identity.users as person
left join migratio.members as own
  on own.user_id = person.id
where person.id = $1

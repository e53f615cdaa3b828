-- Where somebody wants to go, in place of what they said before; what stays as it was is not touched.
-- $1 owner  $2 countries and $3 their ranks, in the same order
with wanted as (
  select country_id, preference_rank
  from unnest($2::uuid[], $3::integer[]) as destination (country_id, preference_rank)
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
), gone as (
  delete from migratio.profile_destinations
  using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where user_id = $1
    and country_id <> all ($2)
)
insert into migratio.profile_destinations as own (user_id, country_id, preference_rank)
select $1, country_id, preference_rank
from wanted
on conflict (user_id, country_id) do update
set preference_rank = excluded.preference_rank
where own.preference_rank <> excluded.preference_rank

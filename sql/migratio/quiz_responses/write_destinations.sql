-- Replaces where to; answers the codes of which there is no country.
-- $1 owner  $2 countries' codes of two letters, in order
with code as (
  select alpha2, place
  from unnest($2::text[]) with ordinality as wanted (alpha2, place)
), wanted as (
  select country.id, code.place
  from code
  join migratio.countries as country on country.alpha2 = code.alpha2
), gone as (
  delete from migratio.profile_destinations
  using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where user_id = $1
    and country_id <> all (array(select id from wanted))
), put as (
  insert into migratio.profile_destinations (user_id, country_id, preference_rank)
  select $1, wanted.id, wanted.place
  from wanted
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  on conflict (user_id, country_id) do update set preference_rank = excluded.preference_rank
)
select alpha2 as "alpha2!"
from code
where not exists (select from migratio.countries as country where country.alpha2 = code.alpha2)
order by place

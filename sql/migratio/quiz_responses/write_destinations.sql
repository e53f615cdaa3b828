-- Replaces where to; answers the codes of which there is no country.
-- $1 owner  $2 countries' codes of two letters, in order
with wanted as (
  select code.alpha2, code.place, (select id from migratio.countries where alpha2 = code.alpha2) as id
  from unnest($2::text[]) with ordinality as code (alpha2, place)
), gone as (
  delete from migratio.profile_destinations
  using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where user_id = $1
    and country_id <> all (array(select id from wanted where id is not null))
), put as (
  insert into migratio.profile_destinations (user_id, country_id, preference_rank)
  select $1, wanted.id, wanted.place
  from wanted
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where wanted.id is not null
  on conflict (user_id, country_id) do update set preference_rank = excluded.preference_rank
)
select alpha2 as "alpha2!"
from wanted
where id is null
order by place

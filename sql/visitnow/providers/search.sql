-- Providers who practise, the best first: by how well the text fits, then by rating, then by distance.
-- Five ways to find them, of which what is asked for chooses one; an empty list is contained in every list. Where few have
-- anything open at the time, they are found by that; where many do, the best are asked one after the other.
-- $1 text  $2 specializations, all of them  $3 languages, all of them  $4 longitude  $5 latitude  $6 within so many metres
-- $7 modes  $8 whether only who has an open slot in these modes  $9 from  $10 before  $11 rows
-- Where the page before ended: $12 rank  $13 rating  $14 metres  $15 provider
with asked as materialized (
  select
    websearch_to_tsquery('simple', $1::text) as query,
    greatest(now(), $9::timestamptz) as soonest,
    coalesce($10::timestamptz, 'infinity') as latest
), soon as materialized (
  -- Read in order from the first time on: of a time with two ends the planner expects little, and would sort it all.
  select slot.provider_id
  from asked
  cross join unnest($7::visitnow.visit_mode[]) as wanted (mode)
  cross join lateral (
    select provider_id, start_at
    from visitnow.slots
    where status = 'open'
      and mode = wanted.mode
      and start_at >= asked.soonest
    order by start_at
    limit 5001
  ) as slot
  where $8::boolean
    and slot.start_at < asked.latest
), few as materialized (
  select $8 and count(*) <= 5000 as have_any
  from soon
), near as (
  select clinics.provider_id, min(away.metres) as metres
  from unnest(visitnow.around(point($4::float8, $5::float8), $6::float8)) as area (box)
  join visitnow.clinics on clinics.geo <@ area.box
  cross join lateral (
    select round(visitnow.metres(clinics.geo, point($4, $5)))
    offset 0 -- once for each
  ) as away (metres)
  where away.metres <= $6
    and not (select have_any from few)
  group by clinics.provider_id
), candidate as (
  select providers.id, providers.search, providers.rating, away.metres
  from (select distinct provider_id as id from soon) as who
  join visitnow.providers on providers.id = who.id
  left join lateral (
    select min(round(visitnow.metres(clinics.geo, point($4, $5)))) as metres
    from visitnow.clinics
    where clinics.provider_id = who.id
      and $4 is not null
  ) as away on true
  where (select have_any from few)
    and providers.status = 'active'
    and case when cardinality($2::text[]) = 0 then true else base.lowered(providers.specializations) @> base.lowered($2) end
    and case when cardinality($3::text[]) = 0 then true else base.lowered(providers.languages) @> base.lowered($3) end
    and case when $1 is null then true else providers.search @@ (select query from asked) end
    and case when $4 is null then true else away.metres <= $6 end
  union all
  select providers.id, providers.search, providers.rating, near.metres
  from near
  join visitnow.providers on providers.id = near.provider_id
  where not (select have_any from few)
    and providers.status = 'active'
    and case when cardinality($2) = 0 then true else base.lowered(providers.specializations) @> base.lowered($2) end
    and case when cardinality($3) = 0 then true else base.lowered(providers.languages) @> base.lowered($3) end
    and case when $1 is null then true else providers.search @@ (select query from asked) end
  union all
  select id, search, rating, null
  from visitnow.providers
  where not (select have_any from few)
    and $4 is null
    and search @@ (select query from asked)
    and status = 'active'
    and case when cardinality($2) = 0 then true else base.lowered(specializations) @> base.lowered($2) end
    and case when cardinality($3) = 0 then true else base.lowered(languages) @> base.lowered($3) end
  union all
  select id, search, rating, null
  from visitnow.providers
  where not (select have_any from few)
    and $4 is null
    and $1 is null
    and cardinality($2) + cardinality($3) > 0
    and base.lowered(specializations) @> base.lowered($2)
    and base.lowered(languages) @> base.lowered($3)
    and status = 'active'
  union all
  (
    select id, search, rating, null
    from visitnow.providers
    where not (select have_any from few)
      and $4 is null
      and $1 is null
      and cardinality($2) + cardinality($3) = 0
      and status = 'active'
      and (-coalesce(rating, 0), id) > (
        coalesce(-$13::float8, '-infinity'), coalesce($15::uuid, '00000000-0000-0000-0000-000000000000'))
      -- Whoever has no slot is not asked whether they practise: that costs more.
      and case when not $8 or exists (
        select
        from asked
        cross join unnest($7) as wanted (mode)
        cross join lateral (
          select
          from visitnow.slots
          where provider_id = providers.id
            and mode = wanted.mode
            and status = 'open'
            and start_at >= asked.soonest
            and start_at < asked.latest
          order by start_at
          limit 1
        ) as slot
      ) then visitnow.practises(id) else false end
    order by -coalesce(rating, 0), id
    limit $11
  )
), ranked as (
  select candidate.id, lack.of_rank, lack.of_rating, lack.metres
  from candidate
  cross join asked
  cross join lateral (
    select
      -case when $1 is null then 0 else ts_rank(candidate.search, asked.query) end,
      -coalesce(candidate.rating, 0),
      coalesce(candidate.metres, 0)
    offset 0 -- once for each
  ) as lack (of_rank, of_rating, metres)
  where (lack.of_rank, lack.of_rating, lack.metres, candidate.id) > (
    coalesce(-$12::real, '-infinity'), coalesce(-$13, '-infinity'), coalesce($14::float8, '-infinity'),
    coalesce($15, '00000000-0000-0000-0000-000000000000'))
  order by lack.of_rank, lack.of_rating, lack.metres, candidate.id
  offset 0 -- so that only who is on the page is asked for the next slot
)
select
  ranked.id as "id!",
  provider.display_name as "display_name!",
  provider.specializations as "specializations!",
  provider.languages as "languages!",
  provider.about,
  provider.experience_years,
  provider.rating,
  provider.rating_count as "rating_count!",
  case when $4 is null then null else ranked.metres / 1000 end as distance_km,
  next.slot as "next_slot: NextSlot",
  -ranked.of_rank as "rank!",
  -ranked.of_rating as "best!",
  ranked.metres as "metres!"
from ranked
cross join asked
left join lateral (
  select jsonb_build_object(
    'id', slot.id, 'start', slot.start_at, 'end', slot.end_at, 'mode', slot.mode, 'clinic_id', slot.clinic_id)
  from unnest($7) as wanted (mode)
  cross join lateral (
    select id, start_at, end_at, mode, clinic_id
    from visitnow.slots
    where provider_id = ranked.id
      and mode = wanted.mode
      and status = 'open'
      and start_at >= asked.soonest
      and start_at < asked.latest
    order by start_at
    limit 1
  ) as slot
  order by slot.start_at
  limit 1
) as next (slot) on true
join visitnow.providers as provider on provider.id = ranked.id
where case when not $8 or next.slot is not null then visitnow.practises(ranked.id) else false end
order by ranked.of_rank, ranked.of_rating, ranked.metres, ranked.id
limit $11

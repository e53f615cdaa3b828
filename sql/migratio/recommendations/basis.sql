-- What somebody's set is computed from: their profile, and what the money is worth in US dollars that it and programmes
-- speak of. No row: they have no profile.
-- $1 owner  $2 currencies of programmes
select
  profile.snapshot as "snapshot!: Json<Box<RawValue>>",
  (
    select coalesce(jsonb_object_agg(currency, rate) filter (where rate is not null), '{}')
    from (
      select distinct currency
      from unnest($2::text[] || array[
        profile.snapshot #>> '{financialResources,currency}',
        profile.snapshot #>> '{preferences,budgetRange,currency}']) as named (currency)
      where currency is not null
    ) as wanted
    cross join lateral migratio.usd_per_unit(currency) as rate
  ) as "rates!: Json<Rates>"
from (select migratio.profile_snapshot($1) as snapshot) as profile
where profile.snapshot is not null

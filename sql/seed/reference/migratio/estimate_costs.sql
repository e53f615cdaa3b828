-- What content managers' own programmes cost, by the rates of countries that were added; no trigger says so here.
update migratio.programs
set estimated_cost_usd = migratio.cost_in_usd(costs),
    updated_at = greatest(clock_timestamp(), updated_at + interval '1 microsecond')
where estimated_cost_usd is distinct from migratio.cost_in_usd(costs)

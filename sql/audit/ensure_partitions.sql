-- Three months ahead of the clock.
select audit.ensure_partitions(3)::text as made

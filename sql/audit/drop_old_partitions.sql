-- $1 months to keep
select audit.drop_old_partitions($1) as "dropped!"

-- Prepares a transaction for an export: there may be much to read, and somebody slow to read it to. Without parallel
-- workers the branches of a `union all` come one after the other, table by table.
-- $1 user
select exists (select from identity.users where id = $1) as "exists!",
       set_config('statement_timeout', '10min', true) as "statement_timeout!",
       set_config('idle_in_transaction_session_timeout', '1min', true) as "idle_timeout!",
       set_config('max_parallel_workers_per_gather', '0', true) as "parallel_workers!"

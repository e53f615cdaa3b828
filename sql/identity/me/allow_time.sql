-- Whoever has stored very much is erased all the same: until the transaction ends, a statement may take its time.
select set_config('statement_timeout', '10min', true) as "statement_timeout!"

-- The other of two statements whose answers a broken pooler swaps.
-- $1 number
select -$1::integer - 1 as "answer!"

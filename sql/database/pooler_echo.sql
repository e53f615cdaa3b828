-- One of two statements whose answers a broken pooler swaps.
-- $1 number
select $1::integer as "answer!"

-- Made-up users are numbered: one run at a time. Held until the session ends.
select pg_advisory_lock(hashtextextended('trellis.seed.volume', 0))::text as "locked!"

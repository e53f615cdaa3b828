-- Ten servers may start at once: one migrates, the others wait. Held until the session ends.
select pg_advisory_lock(hashtextextended('trellis.migrate', 0))::text as "locked!"

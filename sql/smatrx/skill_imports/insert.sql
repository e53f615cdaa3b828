-- Only PostgreSQL knows how long it writes a document: 1e300 takes 301 bytes. No row: evidence is longer than a user's
-- skill can have.
-- $1 owner  $2 source  $3 text  $4 items
insert into smatrx.skill_imports (user_id, source, resume, items)
select $1, $2, $3, $4::jsonb
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where not exists (
  select from jsonb_array_elements($4::jsonb) as item
  where octet_length((item -> 'evidence')::text) > 65536)
returning id, source, status, progress, message, results, error, started_at, completed_at, created_at, updated_at

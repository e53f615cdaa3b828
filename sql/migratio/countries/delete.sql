-- A country that programmes lead to, or somebody wants to go to, stays.
-- $1 who acts  $2 country, or else $3 its code of two letters  $4 accepted versions
delete from migratio.countries
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = coalesce($2::uuid, (select id from migratio.countries where alpha2 = $3::text))
  and ($4::timestamptz[] is null or updated_at = any ($4))
returning id

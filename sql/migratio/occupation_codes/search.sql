-- What fits a text, the best first: a word of the title counts more than one of another title, and that more than a keyword.
-- $1 text  $2 system, if only that  $3 rank and $4 id of the last one seen  $5 rows
with asked as materialized (
  select websearch_to_tsquery('english', $1::text) as query
), found as materialized (
  select occupation_codes.id, ts_rank(search, query) as rank
  from asked
  join migratio.occupation_codes on search @@ query
  where case when $2::migratio.occupation_system is null then true else system = $2 end
), best as (
  select id, rank
  from found
  where (rank, id) < (coalesce($3::real, 'infinity'), coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by rank desc, id desc
  limit $5
)
select best.rank as "rank!", to_jsonb(occupation) as "code!: OccupationCode"
from best
cross join lateral (
  select id, system, code, title, description, parent_code, skill_level, alternative_titles, keywords,
         regulated_profession, created_at, updated_at
  from migratio.occupation_codes
  where id = best.id
) as occupation
order by best.rank desc, best.id desc

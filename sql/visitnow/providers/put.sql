-- A trigger refuses whoever is no doctor.
-- $1 owner  $2 version seen, null: there is none yet  $3 display name  $4 specializations  $5 languages  $6 about
-- $7 experience years
insert into visitnow.providers as own (user_id, display_name, specializations, languages, about, experience_years)
select $1, $3, $4, $5, $6, $7
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (user_id) do update
set display_name = excluded.display_name,
    specializations = excluded.specializations,
    languages = excluded.languages,
    about = excluded.about,
    experience_years = excluded.experience_years
where own.updated_at = $2
returning id, user_id, display_name, specializations, languages, about, experience_years, status, rating, rating_count,
          created_at, updated_at

-- A trigger refuses what is no move from here.
-- $1 an administrator  $2 provider
update visitnow.providers
set status = 'suspended'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and identity.has_role($1, 'visitnow', 'admin')
returning id, user_id, display_name, specializations, languages, about, experience_years, status, rating, rating_count,
          created_at, updated_at

-- $1 whose it is, or an administrator  $2 provider
select id, user_id, display_name, specializations, languages, about, experience_years, status, rating, rating_count,
       created_at, updated_at
from visitnow.providers
where id = $2
  and (user_id = $1 or identity.has_role($1, 'visitnow', 'admin'))

-- $1 owner
select id, user_id, display_name, specializations, languages, about, experience_years, status, rating, rating_count,
       created_at, updated_at
from visitnow.providers
where user_id = $1

-- Profiles as they begin: none of their lists.
copy coach.user_profiles
  (user_id, id, bio, location, current_job_title, current_company, years_of_experience, preferences, created_at,
   updated_at)
from stdin (format binary)

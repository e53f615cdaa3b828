-- The sections of the profile, which is made if there is none, and held until the end of the transaction.
-- $1 owner
insert into migratio.profiles (user_id)
select $1
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (user_id) do update set user_id = excluded.user_id
returning personal_info, education, work_experience, language_proficiency, financial_resources, immigration_history,
          preferences

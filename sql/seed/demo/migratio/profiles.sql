-- $1 the emigrants of the demo
insert into migratio.profiles (
  user_id, id, personal_info, education, work_experience, language_proficiency, financial_resources,
  immigration_history, preferences, derived_skills, inferred_expertise_level, preliminary_scores, profile_metadata,
  completion_percentage)
select
  own.user_id, own.id, own.personal_info, own.education, own.work_experience, own.language_proficiency,
  own.financial_resources, own.immigration_history, own.preferences, own.derived_skills,
  own.inferred_expertise_level, own.preliminary_scores, own.profile_metadata, own.completion_percentage
from jsonb_to_recordset($1::jsonb -> 'profiles') as own (
  user_id uuid, id uuid, personal_info jsonb, education jsonb, work_experience jsonb, language_proficiency jsonb,
  financial_resources jsonb, immigration_history jsonb, preferences jsonb, derived_skills text[],
  inferred_expertise_level migratio.expertise_level, preliminary_scores jsonb, profile_metadata jsonb,
  completion_percentage integer)
join identity.users as person on person.id = own.user_id
on conflict do nothing

-- The profile with the destinations among its preferences, and the quizzes that were completed last.
-- $1 owner
select
  own.id, own.personal_info, own.education, own.work_experience, own.language_proficiency, own.financial_resources,
  own.immigration_history,
  case when own.preferences is not null or destinations.list is not null
    then coalesce(own.preferences, '{}') || jsonb_build_object('destinationCountries', coalesce(destinations.list, '[]'))
  end as "preferences: ProfilePreferences",
  own.additional_attributes as sealed, own.derived_skills, own.inferred_expertise_level, own.preliminary_scores,
  own.profile_metadata || jsonb_build_object('assessmentHistory', array(
    select jsonb_build_object('assessmentId', quiz.id, 'completedAt', quiz.completed_at)
    from migratio.quiz_responses as quiz
    where quiz.user_id = $1
      and quiz.status = 'completed'
    order by quiz.id desc
    limit 10)) as "profile_metadata!: ProfileMetadata",
  own.completion_percentage, own.created_at, own.updated_at
from migratio.profiles as own
cross join lateral (
  select jsonb_agg(jsonb_build_object('countryId', country_id, 'preferenceRank', preference_rank)
    order by preference_rank)
  from migratio.profile_destinations
  where user_id = $1
) as destinations (list)
where own.user_id = $1

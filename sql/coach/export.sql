-- Everything that coach stores about a user, table by table.
-- $1 user
select 'user_profiles' as "table!", to_jsonb(own)::text as "row!" from coach.user_profiles as own where user_id = $1
union all
select 'experiences', to_jsonb(own)::text from coach.experiences as own where user_id = $1
union all
select 'educations', to_jsonb(own)::text from coach.educations as own where user_id = $1
union all
select 'skills', to_jsonb(own)::text from coach.skills as own where user_id = $1
union all
select 'certifications', to_jsonb(own)::text from coach.certifications as own where user_id = $1
union all
select 'resumes', to_jsonb(own)::text from coach.resumes as own where user_id = $1
union all
select 'jobs', to_jsonb(own)::text from coach.jobs as own where user_id = $1
union all
select 'status_changes', to_jsonb(own)::text from coach.status_changes as own where user_id = $1
union all
select 'applications', to_jsonb(own)::text from coach.applications as own where user_id = $1
union all
select 'interviews', to_jsonb(own)::text from coach.interviews as own where user_id = $1
union all
select 'mock_interviews', to_jsonb(own)::text from coach.mock_interviews as own where user_id = $1
union all
select 'documents', to_jsonb(own)::text from coach.documents as own where user_id = $1
union all
select 'career_goals', to_jsonb(own)::text from coach.career_goals as own where user_id = $1
union all
select 'assessments', to_jsonb(own)::text from coach.assessments as own where user_id = $1
union all
select 'conversations', to_jsonb(own)::text from coach.conversations as own where user_id = $1
union all
select 'messages', to_jsonb(own)::text from coach.messages as own where user_id = $1

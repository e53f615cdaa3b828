-- Everything that smatrx stores about a user, table by table.
-- $1 user
select 'profiles' as "table!", to_jsonb(own)::text as "row!" from smatrx.profiles as own where user_id = $1
union all
select 'user_skills', to_jsonb(own)::text from smatrx.user_skills as own where user_id = $1
union all
select 'skill_imports', to_jsonb(own)::text from smatrx.skill_imports as own where user_id = $1
union all
select 'skill_import_skills', to_jsonb(own)::text from smatrx.skill_import_skills as own where user_id = $1
union all
select 'career_goals', to_jsonb(own)::text from smatrx.career_goals as own where user_id = $1
union all
select 'achievements', to_jsonb(own)::text from smatrx.achievements as own where user_id = $1
union all
select 'skill_analyses', to_jsonb(own)::text from smatrx.skill_analyses as own where user_id = $1

-- Skills of the catalogue, by their names.
-- $1 a person of the demo  $2 their id
insert into smatrx.user_skills
  (user_id, id, skill_id, level, proficiency_score, years_experience, last_used, verified, verified_at, verified_by,
   source, evidence, created_at, updated_at)
select $2::uuid,
       own.id,
       skill.id,
       own.level,
       own."proficiencyScore",
       own."yearsExperience",
       now() - own."usedDaysAgo" * interval '1 day',
       own."verifiedDaysAgo" is not null,
       now() - own."verifiedDaysAgo" * interval '1 day',
       own."verifiedBy",
       case when own."verifiedDaysAgo" is null then own.source else 'verified' end,
       own.evidence,
       now() - own."createdDaysAgo" * interval '1 day',
       now() - coalesce(own."verifiedDaysAgo", own."createdDaysAgo") * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{smatrx,skills}') as own (
  id uuid,
  skill text,
  level smatrx.skill_level,
  "proficiencyScore" integer,
  "yearsExperience" integer,
  "usedDaysAgo" double precision,
  "verifiedDaysAgo" double precision,
  "verifiedBy" uuid,
  source smatrx.skill_source,
  evidence jsonb,
  "createdDaysAgo" double precision)
join smatrx.skills as skill on lower(skill.name) = lower(own.skill)
on conflict do nothing

-- $1 the occupation codes
insert into migratio.occupation_codes
  (id, system, code, title, description, parent_code, skill_level, alternative_titles, keywords, regulated_profession,
   created_at, updated_at)
select occupation.id,
       occupation.system,
       occupation.code,
       occupation.title,
       occupation.description,
       occupation."parentCode",
       occupation."skillLevel",
       occupation."alternativeTitles",
       occupation.keywords,
       occupation."regulatedProfession",
       since.made,
       since.made
from jsonb_to_recordset($1::jsonb) as occupation (
  id uuid,
  system migratio.occupation_system,
  code text,
  title text,
  description text,
  "parentCode" text,
  "skillLevel" integer,
  "alternativeTitles" text[],
  keywords text[],
  "regulatedProfession" boolean)
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

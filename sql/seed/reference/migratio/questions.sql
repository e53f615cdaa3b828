-- In the order of the file, with room between them.
-- $1 the questions
insert into migratio.questions
  (id, question_id, text, help_text, type, section, position, options, validation, conditional_display, profile_fact,
   created_at, updated_at)
select question.id,
       question."questionId",
       question.text,
       question."helpText",
       question.type,
       question.section,
       listed.position * 10,
       coalesce(question.options, '[]'),
       coalesce(question.validation, '{}'),
       question."conditionalDisplay",
       question."profileFact",
       since.made,
       since.made
from jsonb_array_elements($1::jsonb) with ordinality as listed (question, position)
cross join jsonb_to_record(listed.question) as question (
  id uuid,
  "questionId" text,
  text text,
  "helpText" text,
  type migratio.question_type,
  section text,
  options jsonb,
  validation jsonb,
  "conditionalDisplay" jsonb,
  "profileFact" migratio.profile_fact)
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

-- $1 who acts  $2 code  $3 text  $4 help  $5 type  $6 section
-- $7 position  $8 options  $9 rules of answers  $10 when it is asked  $11 what of the profile it tells  $12 whether it is asked
insert into migratio.questions (
  question_id, text, help_text, type, section, position, options, validation, conditional_display, profile_fact,
  is_active)
select $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, question_id, text, help_text, type, section, position, options, validation, conditional_display,
          profile_fact, is_active, created_at, updated_at

-- Its answers follow when its code changes.
-- $1 who acts  $2 question  $3 accepted versions  $4 code  $5 text  $6 help  $7 type  $8 section
-- $9 position  $10 options  $11 rules of answers  $12 when it is asked  $13 what of the profile it tells  $14 whether it is asked
update migratio.questions
set question_id = $4,
    text = $5,
    help_text = $6,
    type = $7,
    section = $8,
    position = $9,
    options = $10,
    validation = $11,
    conditional_display = $12,
    profile_fact = $13,
    is_active = $14
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, question_id, text, help_text, type, section, position, options, validation, conditional_display,
          profile_fact, is_active, created_at, updated_at

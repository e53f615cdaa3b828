-- $1 question
select id, question_id, text, help_text, type, section, position, options, validation, conditional_display,
       profile_fact, is_active, created_at, updated_at
from migratio.questions
where id = $1

-- In their order.
-- $1 last id seen  $2 rows  $3 last position seen  $4 section
select id, question_id, text, help_text, type, section, position, options, validation, conditional_display,
       profile_fact, is_active, created_at, updated_at
from migratio.questions
where section = $4
  and (position, id) > (coalesce($3::integer, -1), coalesce($1::uuid, '00000000-0000-0000-0000-000000000000'))
order by position, id
limit $2

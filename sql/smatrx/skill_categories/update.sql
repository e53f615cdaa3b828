-- $1 who acts  $2 category  $3 accepted versions  $4 name  $5 slug; null: made from the name  $6 description  $7 color
-- $8 icon
update smatrx.skill_categories
set name = $4::text,
    slug = coalesce($5::text, base.slug_of($4::text)),
    description = $6,
    color = $7,
    icon = $8
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, name, slug, description, color, icon, created_at, updated_at

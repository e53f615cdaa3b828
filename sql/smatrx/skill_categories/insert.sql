-- $1 who acts  $2 name  $3 slug; null: made from the name  $4 description  $5 color  $6 icon
insert into smatrx.skill_categories (name, slug, description, color, icon)
select $2::text, coalesce($3::text, base.slug_of($2::text)), $4, $5, $6
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, name, slug, description, color, icon, created_at, updated_at

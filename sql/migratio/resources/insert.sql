-- $1 who writes it  $2 title  $3 description  $4 type  $5 content URL  $6 content body  $7 thumbnail URL  $8 stages
-- $9 level  $10 tags  $11 average rating  $12 is premium  $13 language  $14 countries  $15 programmes
with written as (
  insert into migratio.resources
    (author_id, title, description, resource_type, content_url, content_body, thumbnail_url, journey_stage,
     target_expertise_level, tags, average_rating, is_premium, language)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  returning id, title, description, resource_type, content_url, content_body, thumbnail_url, journey_stage,
            target_expertise_level, tags, author_id, view_count, average_rating, is_premium, language, created_at,
            updated_at
)
select written.id, written.title, written.description, written.resource_type, written.content_url, written.content_body,
       written.thumbnail_url, written.journey_stage, written.target_expertise_level, written.tags, written.author_id,
       written.view_count, written.average_rating, written.is_premium, written.language, written.created_at,
       written.updated_at,
       related.countries as "related_countries!", related.programs as "related_programs!"
from written
cross join lateral migratio.relate_resource(written.id, $14, $15) as related

-- $1 a writer  $2 resource  $3 accepted versions  $4 title  $5 description  $6 type  $7 content URL  $8 content body
-- $9 thumbnail URL  $10 stages  $11 level  $12 tags  $13 average rating  $14 is premium  $15 language  $16 countries
-- $17 programmes
with written as (
  update migratio.resources
  set title = $4,
      description = $5,
      resource_type = $6,
      content_url = $7,
      content_body = $8,
      thumbnail_url = $9,
      journey_stage = $10,
      target_expertise_level = $11,
      tags = $12,
      average_rating = $13,
      is_premium = $14,
      language = $15
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where id = $2
    and ($3::timestamptz[] is null or updated_at = any ($3))
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
cross join lateral migratio.relate_resource(written.id, $16, $17) as related

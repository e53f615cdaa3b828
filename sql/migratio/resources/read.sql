-- What is premium is read by those who pay, and by writers: what they may not read is not written, and no view is counted.
-- $1 reader  $2 resource
update migratio.resources
set view_count = view_count + 1
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and (
    not is_premium
    or migratio.is_paying($1)
    or identity.has_role($1, 'migratio', 'contentManager', 'admin'))
returning id, title, description, resource_type, content_url, content_body, thumbnail_url, journey_stage,
          target_expertise_level, tags, author_id, view_count, average_rating, is_premium, language, created_at,
          updated_at,
          array(
            select country_id
            from migratio.resource_countries
            where resource_id = resources.id
            order by country_id
          ) as "related_countries!",
          array(
            select program_id
            from migratio.resource_programs
            where resource_id = resources.id
            order by program_id
          ) as "related_programs!"

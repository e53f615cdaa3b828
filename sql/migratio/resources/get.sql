-- For writers, whoever may read it: no view is counted.
-- $1 resource
select id, title, description, resource_type, content_url, content_body, thumbnail_url, journey_stage,
       target_expertise_level, tags, author_id, view_count, average_rating, is_premium, language, created_at, updated_at,
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
from migratio.resources
where id = $1

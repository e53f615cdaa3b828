-- Nobody's in particular: they have no author.
-- $1 the resources
insert into migratio.resources
  (id, title, description, resource_type, content_url, content_body, thumbnail_url, journey_stage,
   target_expertise_level, tags, is_premium, language, created_at, updated_at)
select resource.id,
       resource.title,
       resource.description,
       resource."resourceType",
       resource."contentUrl",
       resource."contentBody",
       resource."thumbnailUrl",
       resource."journeyStage",
       resource."targetExpertiseLevel",
       resource.tags,
       coalesce(resource."isPremium", false),
       coalesce(resource.language, 'en'),
       since.made,
       since.made
from jsonb_to_recordset($1::jsonb) as resource (
  id uuid,
  title text,
  description text,
  "resourceType" migratio.resource_type,
  "contentUrl" text,
  "contentBody" text,
  "thumbnailUrl" text,
  "journeyStage" migratio.journey_stage[],
  "targetExpertiseLevel" migratio.target_expertise_level,
  tags text[],
  "isPremium" boolean,
  language text)
cross join (select now() - interval '1 year') as since (made)
on conflict do nothing

-- Each level has its newest in order: lest PostgreSQL walk through all in search of a rare one. What is locked says nothing of
-- where it is.
-- $1 reader  $2 last id seen  $3 rows  $4 level, if only what suits it  $5 language, if only that
with reader as materialized (
  select migratio.is_paying($1) or identity.has_role($1, 'migratio', 'contentManager', 'admin') as pays
)
select resource.id, resource.title, resource.description, resource.resource_type, resource.thumbnail_url,
       resource.journey_stage, resource.target_expertise_level, resource.tags, resource.author_id, resource.view_count,
       resource.average_rating, resource.is_premium, resource.language, resource.created_at, resource.updated_at,
       case when pays or not resource.is_premium then resource.content_url end as "content_url",
       resource.is_premium and not pays as "is_locked!",
       array(
         select country_id
         from migratio.resource_countries
         where resource_id = resource.id
         order by country_id
       ) as "related_countries!",
       array(
         select program_id
         from migratio.resource_programs
         where resource_id = resource.id
         order by program_id
       ) as "related_programs!"
from reader
cross join (
  select distinct unnest(
    case
      when $4::migratio.target_expertise_level is null then enum_range(null::migratio.target_expertise_level)
      else array[$4, 'any']
    end)
) as wanted (level)
cross join lateral (
  select id, title, description, resource_type, content_url, thumbnail_url, journey_stage, target_expertise_level, tags,
         author_id, view_count, average_rating, is_premium, language, created_at, updated_at
  from migratio.resources
  where target_expertise_level >= wanted.level
    and (target_expertise_level, id) < (wanted.level, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    and case when $5::text is null then true else lower(language) = lower($5) end
  order by target_expertise_level desc, id desc
  limit $3
) as resource
order by resource.id desc
limit $3

-- They are found first, by the narrowest of what is asked for, and sorted then, lest PostgreSQL walk through all resources in
-- search of a rare word.
-- $1 reader  $2 last id seen  $3 rows  $4 text, if any  $5 tags, all of them, if any  $6 programme, if only about that
-- $7 country, if only about that  $8 stage, if only for that  $9 level, if only what suits it  $10 language, if only that
with reader as materialized (
  select migratio.is_paying($1) or identity.has_role($1, 'migratio', 'contentManager', 'admin') as pays
), found as materialized (
  select id
  from migratio.resources
  where $4::text is not null
    and search @@ websearch_to_tsquery('english', $4)
  union all
  select id
  from migratio.resources
  where $4 is null
    and cardinality($5::text[]) > 0
    and base.lowered(tags) @> base.lowered($5)
  union all
  select resource_id
  from migratio.resource_programs
  where $4 is null
    and cardinality($5) = 0
    and program_id = $6::uuid
  union all
  select resource_id
  from migratio.resource_countries
  where $4 is null
    and cardinality($5) = 0
    and $6 is null
    and country_id = $7::uuid
  union all
  select id
  from migratio.resources
  where $4 is null
    and cardinality($5) = 0
    and $6 is null
    and $7 is null
    and journey_stage @> array[$8::migratio.journey_stage]
)
select resources.id, resources.title, resources.description, resources.resource_type, resources.thumbnail_url,
       resources.journey_stage, resources.target_expertise_level, resources.tags, resources.author_id,
       resources.view_count, resources.average_rating, resources.is_premium, resources.language, resources.created_at,
       resources.updated_at,
       case when pays or not resources.is_premium then resources.content_url end as "content_url",
       resources.is_premium and not pays as "is_locked!",
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
from reader
cross join migratio.resources
where resources.id = any (array(select id from found))
  and resources.id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($5) = 0 then true else base.lowered(resources.tags) @> base.lowered($5) end
  and case when $6 is null then true else exists (
    select
    from migratio.resource_programs
    where resource_id = resources.id
      and program_id = $6
  ) end
  and case when $7 is null then true else exists (
    select
    from migratio.resource_countries
    where resource_id = resources.id
      and country_id = $7
  ) end
  and case when $8 is null then true else resources.journey_stage @> array[$8] end
  and case when $9::migratio.target_expertise_level is null then true else resources.target_expertise_level in ($9, 'any') end
  and case when $10::text is null then true else lower(resources.language) = lower($10) end
order by resources.id desc
limit $3

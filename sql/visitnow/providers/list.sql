-- Each status has its newest in order: by status and id, lest PostgreSQL walk through all providers in search of a rare one.
-- $1 administrator  $2 last id seen  $3 rows  $4 statuses, none: all
select provider.id, provider.user_id, provider.display_name, provider.specializations, provider.languages,
       provider.about, provider.experience_years, provider.status, provider.rating, provider.rating_count,
       provider.created_at, provider.updated_at
from (
  select distinct unnest(
    case when cardinality($4::visitnow.provider_status[]) = 0 then enum_range(null::visitnow.provider_status) else $4 end)
) as wanted (status)
cross join lateral (
  select id, user_id, display_name, specializations, languages, about, experience_years, status, rating, rating_count,
         created_at, updated_at
  from visitnow.providers
  where providers.status >= wanted.status
    and (providers.status, id) < (wanted.status, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by providers.status desc, id desc
  limit $3
) as provider
where identity.has_role($1, 'visitnow', 'admin')
order by provider.id desc
limit $3

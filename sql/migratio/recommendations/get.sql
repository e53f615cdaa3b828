-- $1 owner  $2 set
select id, quiz_response_id, profile_snapshot,
       array(
         select to_jsonb(item) || jsonb_build_object(
           'program_name', program.name, 'country_id', country.id, 'country_name', country.name)
         from migratio.recommendation_items as item
         join migratio.programs as program on program.id = item.program_id
         join migratio.countries as country on country.id = program.country_id
         where item.user_id = $1
           and item.recommendation_id = recommendations.id
         order by item.rank
       ) as "items!: Vec<RecommendationItem>", archived, created_at, updated_at
from migratio.recommendations
where user_id = $1
  and id = $2

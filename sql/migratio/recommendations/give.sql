-- A ready-made set for somebody, with their profile as it is now; no row: there is no such user. Their row is held, lest
-- they be erased between the look and the gift. Without a profile nothing is made. A trigger archives the set before it.
-- $1 adviser  $2 user  $3 programmes with their scores, the best first
with person as (
  select id
  from identity.users
  where id = $2
  for key share
), made as (
  insert into migratio.recommendations (user_id, profile_snapshot)
  select person.id, profile.snapshot
  from person
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  cross join lateral migratio.profile_snapshot(person.id) as profile (snapshot)
  where profile.snapshot is not null
  returning id, quiz_response_id, archived, created_at, updated_at
), items as (
  insert into migratio.recommendation_items
    (user_id, recommendation_id, program_id, rank, match_score, success_probability, preference_score, overall_score,
     explanation, gap_analysis, estimated_timeframe_months, estimated_cost)
  select $2, made.id, item.program_id, item.place, item.match_score, item.success_probability, item.preference_score,
         item.overall_score, item.explanation, item.gap_analysis, item.months, item.cost
  from made
  cross join rows from (jsonb_to_recordset($3::jsonb) as (
    "programId" uuid, "matchScore" numeric, "successProbability" numeric, "preferenceScore" numeric,
    "overallScore" numeric, explanation jsonb, "gapAnalysis" jsonb, "estimatedTimeframeMonths" double precision,
    "estimatedCost" jsonb)) with ordinality as item (
      program_id, match_score, success_probability, preference_score, overall_score, explanation, gap_analysis,
      months, cost, place)
  returning program_id, rank
), ranked as materialized (
  select item.rank, program.category, program.country_id
  from items as item
  cross join lateral (
    select category, country_id
    from migratio.programs
    where id = item.program_id
    order by id
    limit 1
  ) as program
), shown as (
  update migratio.profiles
  set preliminary_scores = jsonb_build_object(
    'timestamp', made.created_at,
    'topPathwayTypes', array(
      select category
      from ranked
      group by category
      order by min(rank)
      limit 3),
    'topCountries', array(
      select country_id
      from ranked
      group by country_id
      order by min(rank)
      limit 3))
  from made
  where profiles.user_id = $2
)
select made.id as "id?", made.quiz_response_id, (select count(*) from items) as "item_count!",
       made.archived as "archived: Archived", made.created_at as "created_at?", made.updated_at as "updated_at?"
from person
left join made on true

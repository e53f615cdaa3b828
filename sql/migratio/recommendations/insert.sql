-- A computed set; no row: the quiz is none that they completed. Programmes that are gone since they were scored leave no
-- hole in the ranks. A trigger archives the set before it.
-- $1 owner  $2 quiz, null: none  $3 profile  $4 programmes with their scores, the best first  $5 what the profile shows of it
with scored as materialized (
  select item.program_id, item.match_score, item.success_probability, item.preference_score, item.overall_score,
         item.explanation, item.gap_analysis, item.place
  from rows from (jsonb_to_recordset($4::jsonb) as (
    "programId" uuid, "matchScore" numeric, "successProbability" numeric, "preferenceScore" numeric,
    "overallScore" numeric, explanation jsonb, "gapAnalysis" jsonb)) with ordinality as item (
      program_id, match_score, success_probability, preference_score, overall_score, explanation, gap_analysis, place)
), offered as (
  select id, name, country_id, costs, estimated_cost_usd, estimated_months
  from migratio.programs
  where id = any (array(select program_id from scored))
  order by id
  for key share
), made as (
  insert into migratio.recommendations (user_id, quiz_response_id, profile_snapshot)
  select $1, $2, $3
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where case
    when $2::uuid is null then true
    else exists (
      select
      from migratio.quiz_responses as quiz
      where quiz.user_id = $1
        and quiz.id = $2
        and quiz.status = 'completed')
  end
  returning id, quiz_response_id, profile_snapshot, archived, created_at, updated_at
), items as (
  insert into migratio.recommendation_items
    (user_id, recommendation_id, program_id, rank, match_score, success_probability, preference_score, overall_score,
     explanation, gap_analysis, estimated_timeframe_months, estimated_cost)
  select $1, made.id, offered.id, row_number() over (order by scored.place), scored.match_score,
         scored.success_probability, scored.preference_score, scored.overall_score, scored.explanation,
         scored.gap_analysis, offered.estimated_months,
         case
           when offered.costs <> '[]'
             then jsonb_build_object('items', offered.costs, 'amountUsd', offered.estimated_cost_usd)
         end
  from made
  cross join scored
  join offered on offered.id = scored.program_id
  returning id, program_id, rank, match_score, success_probability, preference_score, overall_score, explanation,
            gap_analysis, estimated_timeframe_months, estimated_cost, created_at
), shown as (
  update migratio.profiles
  set preliminary_scores = $5::jsonb || jsonb_build_object('timestamp', made.created_at)
  from made
  where profiles.user_id = $1
)
select
  id as "id!", quiz_response_id, profile_snapshot as "profile_snapshot!: Json<Box<RawValue>>",
  array(
    select to_jsonb(item) || jsonb_build_object(
      'program_name', offered.name, 'country_id', country.id, 'country_name', country.name)
    from items as item
    join offered on offered.id = item.program_id
    join migratio.countries as country on country.id = offered.country_id
    order by item.rank
  ) as "items!: Vec<RecommendationItem>",
  archived as "archived: Archived", created_at as "created_at!", updated_at as "updated_at!"
from made

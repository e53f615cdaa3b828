-- $1 the emigrants of the demo
insert into migratio.recommendation_items (
  user_id, id, recommendation_id, program_id, rank, match_score, success_probability, preference_score,
  overall_score, explanation, gap_analysis, estimated_timeframe_months, estimated_cost)
select
  own.user_id, own.id, own.recommendation_id, own.program_id, own.rank, own.match_score, own.success_probability,
  own.preference_score, own.overall_score, own.explanation, own.gap_analysis, own.estimated_timeframe_months,
  own.estimated_cost
from jsonb_to_recordset($1::jsonb -> 'recommendation_items') as own (
  user_id uuid, id uuid, recommendation_id uuid, program_id uuid, rank integer, match_score numeric,
  success_probability numeric, preference_score numeric, overall_score numeric, explanation jsonb,
  gap_analysis jsonb, estimated_timeframe_months double precision, estimated_cost jsonb)
join identity.users as person on person.id = own.user_id
join migratio.programs as program on program.id = own.program_id
join migratio.recommendations as parent on parent.user_id = own.user_id and parent.id = own.recommendation_id
on conflict do nothing

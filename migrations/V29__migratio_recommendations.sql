-- What is recommended to whom. Sets are computed by the server, ranked, and never changed.

create table migratio.recommendations (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  quiz_response_id uuid,
  profile_snapshot base.json_object not null,
  archived base.json_object,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint recommendations_pkey primary key (user_id, id),
  constraint recommendations_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint recommendations_archived_check check (
    archived ->> 'reason' in ('superseded', 'user_action') and archived -> 'isArchived' = 'true')
);

comment on table migratio.recommendations is
  'What was recommended to somebody at one time: a set of programmes, ranked. The latest is the one that is not '
  'archived.';
comment on column migratio.recommendations.user_id is 'To whom.';
comment on column migratio.recommendations.id is 'The set.';
comment on column migratio.recommendations.quiz_response_id is 'The quiz that it came of; null: none, or it is gone.';
comment on column migratio.recommendations.profile_snapshot is
  'The profile it was computed from, without addresses and without what is encrypted.';
comment on column migratio.recommendations.archived is
  'That it is no longer the latest: a JSON object of isArchived, archivedAt, reason (superseded, user_action); '
  'null: it is.';
comment on column migratio.recommendations.created_at is 'When it was computed.';
comment on column migratio.recommendations.updated_at is 'When the row last changed; strictly increasing.';

create unique index recommendations_user_id_latest_key on migratio.recommendations (user_id) where archived is null;

create trigger recommendations_touch
before update on migratio.recommendations
for each row execute function base.touch_updated_at();
select audit.attach('migratio.recommendations');

create function migratio.supersede() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform migratio.hold_person(new.user_id);
  -- Of sets made at the same time, each sees the one before it.
  perform pg_advisory_xact_lock(hashtextextended('migratio.recommendations ' || new.user_id, 0));
  update migratio.recommendations
  set archived = jsonb_build_object('isArchived', true, 'archivedAt', clock_timestamp(), 'reason', 'superseded')
  where user_id = new.user_id
    and archived is null;
  return new;
end
$$;
comment on function migratio.supersede() is 'Before a set is made: it supersedes the one before it.';

create trigger recommendations_supersede
before insert on migratio.recommendations
for each row when (new.archived is null)
execute function migratio.supersede();

create trigger recommendations_archived_kept
before update of archived on migratio.recommendations
for each row when (old.archived is not null)
execute function base.refuse_change('a set that is archived stays so');

create table migratio.recommendation_items (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  recommendation_id uuid not null,
  program_id uuid not null,
  rank integer not null,
  match_score numeric(5, 4) not null,
  success_probability numeric(5, 4) not null,
  preference_score numeric(5, 4) not null,
  overall_score numeric(5, 4) not null,
  explanation base.json_object not null,
  gap_analysis base.json_object not null,
  estimated_timeframe_months double precision,
  estimated_cost base.json_object,
  created_at timestamptz not null default now(),
  constraint recommendation_items_pkey primary key (user_id, id),
  constraint recommendation_items_recommendation_id_fkey foreign key (user_id, recommendation_id)
    references migratio.recommendations (user_id, id) on delete cascade,
  constraint recommendation_items_program_id_fkey foreign key (program_id)
    references migratio.programs (id) on delete restrict,
  constraint recommendation_items_user_id_recommendation_id_rank_key unique (user_id, recommendation_id, rank),
  constraint recommendation_items_user_id_recommendation_id_program_id_key
    unique (user_id, recommendation_id, program_id),
  constraint recommendation_items_rank_check check (rank between 1 and 1000),
  constraint recommendation_items_match_score_check check (match_score between 0 and 1),
  constraint recommendation_items_success_probability_check check (success_probability between 0 and 1),
  constraint recommendation_items_preference_score_check check (preference_score between 0 and 1),
  constraint recommendation_items_overall_score_check check (overall_score between 0 and 1),
  constraint recommendation_items_estimated_timeframe_months_check check (estimated_timeframe_months >= 0)
);

comment on table migratio.recommendation_items is 'A programme in a set of recommendations.';
comment on column migratio.recommendation_items.user_id is 'To whom.';
comment on column migratio.recommendation_items.id is 'The recommendation.';
comment on column migratio.recommendation_items.recommendation_id is 'The set.';
comment on column migratio.recommendation_items.program_id is 'The programme; once in a set.';
comment on column migratio.recommendation_items.rank is 'Its place in the set, from 1.';
comment on column migratio.recommendation_items.match_score is
  'How much of what is asked for is met, 0 to 1, to four decimals.';
comment on column migratio.recommendation_items.success_probability is
  'How likely it is to succeed, 0 to 1, to four decimals.';
comment on column migratio.recommendation_items.preference_score is
  'How well it is what they want, 0 to 1, to four decimals.';
comment on column migratio.recommendation_items.overall_score is
  'All three together, by which the set is ranked, 0 to 1, to four decimals.';
comment on column migratio.recommendation_items.explanation is
  'Why: a JSON object of summary, strengths, challenges, keyFactors.';
comment on column migratio.recommendation_items.gap_analysis is
  'What is missing: a JSON object of hasGaps, gaps, overallDifficulty, estimatedTimeToEligibility.';
comment on column migratio.recommendation_items.estimated_timeframe_months is
  'How many months it takes; null: nobody knows.';
comment on column migratio.recommendation_items.estimated_cost is
  'What it costs: a JSON object of items, amountUsd; null: nobody knows.';
comment on column migratio.recommendation_items.created_at is 'When it was computed.';

create index recommendation_items_program_id_idx on migratio.recommendation_items (program_id);

select audit.attach('migratio.recommendation_items');

create trigger recommendation_items_kept
before update on migratio.recommendation_items
for each row execute function base.refuse_change('what was recommended stays as it was');

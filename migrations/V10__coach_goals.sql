-- Career goals with their milestones, and assessments. What a goal's milestones, progress and status say of each other
-- is kept here, whatever statement writes them.

create type coach.goal_status as enum ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'ABANDONED');
comment on type coach.goal_status is 'How far a career goal has come.';

create function coach.milestone_progress(milestones jsonb) returns integer
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  completed constant jsonb := jsonb_path_query_array(milestones, 'strict $[*] ? (@.completed == true)');
begin
  -- Rounded down: 100 means all of them.
  return jsonb_array_length(completed) * 100 / nullif(jsonb_array_length(milestones), 0);
end
$$;
comment on function coach.milestone_progress(jsonb) is
  'How many of a goal''s milestones are completed, in percent, rounded down; null where there are none.';
grant execute on function coach.milestone_progress(jsonb) to trellis_app;

create table coach.career_goals (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  title base.line not null,
  description base.prose,
  status coach.goal_status not null default 'NOT_STARTED',
  priority integer not null default 0,
  progress base.percent not null default 0,
  target_date date,
  milestones base.json_array not null default '[]',
  recommendations base.lines not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint career_goals_pkey primary key (user_id, id),
  constraint career_goals_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint career_goals_priority_check check (priority between 0 and 5),
  constraint career_goals_milestones_check check (
    jsonb_array_length(milestones) <= 100
    and jsonb_array_length(milestones) = jsonb_array_length(jsonb_path_query_array(milestones,
      'strict $[*] ? (@.type() == "object" && @.title.type() == "string" && @.completed.type() == "boolean")'))),
  constraint career_goals_progress_check check (progress = coalesce(coach.milestone_progress(milestones), progress)),
  constraint career_goals_status_check check (
    case status when 'NOT_STARTED' then progress = 0 when 'COMPLETED' then progress = 100 else true end)
);

comment on table coach.career_goals is 'Something that a user wants to reach.';
comment on column coach.career_goals.user_id is 'Whose goal it is.';
comment on column coach.career_goals.id is 'The goal.';
comment on column coach.career_goals.title is 'What is to be reached.';
comment on column coach.career_goals.description is 'What that means, and why.';
comment on column coach.career_goals.status is
  'How far it has come: NOT_STARTED has no progress, COMPLETED has all; moves along when the progress changes.';
comment on column coach.career_goals.priority is 'How much it matters to the user, 0 (least) to 5.';
comment on column coach.career_goals.progress is
  'Progress in percent, 0 to 100: the share of the milestones completed, or as written where there are none.';
comment on column coach.career_goals.target_date is 'Day by which it shall be reached.';
comment on column coach.career_goals.milestones is
  'The steps to it: a JSON array of at most 100 objects of title, completed, due date.';
comment on column coach.career_goals.recommendations is 'What the coach recommends.';
comment on column coach.career_goals.created_at is 'When the goal was set.';
comment on column coach.career_goals.updated_at is 'When the row last changed; strictly increasing.';

create index career_goals_user_id_status_priority_idx on coach.career_goals (user_id, status, priority);

-- Whoever moves a goal to another status is taken at their word, as far as the checks allow; without milestones, what
-- the status says of the progress is so. Whoever changes the progress alone, by milestones or by hand, moves the status
-- along, save that an abandoned goal stays abandoned.
create function coach.follow_milestones() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  counted constant integer := coach.milestone_progress(new.milestones);
begin
  new.progress := coalesce(counted, new.progress);
  if tg_op = 'INSERT' then
    if new.status = 'NOT_STARTED' and new.progress > 0 then
      new.status := case new.progress when 100 then 'COMPLETED' else 'IN_PROGRESS' end;
    elsif new.status = 'COMPLETED' and counted is null and new.progress = 0 then
      new.progress := 100;
    end if;
  elsif new.status <> old.status then
    if counted is null and new.progress = old.progress then
      new.progress := case new.status when 'COMPLETED' then 100 when 'NOT_STARTED' then 0 else new.progress end;
    end if;
  elsif new.progress <> old.progress and new.status <> 'ABANDONED' then
    new.status := case
      when new.progress = 100 then 'COMPLETED'
      when new.progress > 0 or new.status = 'COMPLETED' then 'IN_PROGRESS'
      else new.status
    end;
  end if;
  return new;
end
$$;
comment on function coach.follow_milestones() is
  'Before a goal is written: its progress follows from its milestones, and its status moves along.';

create trigger career_goals_follow_milestones
before insert or update on coach.career_goals
for each row execute function coach.follow_milestones();
create trigger career_goals_touch
before update on coach.career_goals
for each row execute function base.touch_updated_at();
select audit.attach('coach.career_goals');

create table coach.assessments (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  type base.line not null,
  title base.line not null,
  description base.prose,
  results base.json_object not null default '{}',
  score double precision,
  ai_insights base.json_object,
  recommendations base.lines not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint assessments_pkey primary key (user_id, id),
  constraint assessments_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint assessments_results_check check (octet_length(results::text) <= 65536),
  constraint assessments_score_check check (score between 0 and 100),
  constraint assessments_ai_insights_check check (octet_length(ai_insights::text) <= 65536)
);

comment on table coach.assessments is 'An assessment that a user took: of skills, of interests, of what its type says.';
comment on column coach.assessments.user_id is 'Who was assessed.';
comment on column coach.assessments.id is 'The assessment.';
comment on column coach.assessments.type is 'What kind of assessment it is; decides what its results look like.';
comment on column coach.assessments.title is 'What it is called.';
comment on column coach.assessments.description is 'What it is about.';
comment on column coach.assessments.results is
  'What came of it: a JSON object whose shape its type decides, at most 64 KiB.';
comment on column coach.assessments.score is 'The result as one number, 0 to 100.';
comment on column coach.assessments.ai_insights is 'What the coach makes of it: a JSON object, at most 64 KiB.';
comment on column coach.assessments.recommendations is 'What the coach recommends.';
comment on column coach.assessments.created_at is 'When the assessment was made.';
comment on column coach.assessments.updated_at is 'When the row last changed; strictly increasing.';

create index assessments_user_id_type_id_idx on coach.assessments (user_id, type, id);

create trigger assessments_touch
before update on coach.assessments
for each row execute function base.touch_updated_at();
select audit.attach('coach.assessments');

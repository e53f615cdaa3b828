-- Career goals, the achievements that come of them, and analyses of somebody's skills.

create type smatrx.goal_type as enum ('skill', 'role', 'certification', 'project');
comment on type smatrx.goal_type is 'What a goal is about.';

create type smatrx.goal_status as enum ('active', 'completed', 'paused', 'cancelled');
comment on type smatrx.goal_status is 'What has become of a goal.';

create type smatrx.goal_priority as enum ('low', 'medium', 'high');
comment on type smatrx.goal_priority is 'How much a goal matters, least first.';

create type smatrx.achievement_type as enum ('skill', 'certification', 'project', 'milestone');
comment on type smatrx.achievement_type is 'What somebody has achieved.';

create type smatrx.analysis_type as enum ('profile', 'gap', 'recommendation');
comment on type smatrx.analysis_type is 'What an analysis looks at.';

create table smatrx.career_goals (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  title base.line not null,
  description base.prose,
  type smatrx.goal_type not null,
  target_date date,
  status smatrx.goal_status not null default 'active',
  priority smatrx.goal_priority not null default 'medium',
  progress base.percent not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint career_goals_pkey primary key (user_id, id),
  constraint career_goals_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint career_goals_completed_check check ((status = 'completed') = (progress = 100))
);

comment on table smatrx.career_goals is 'Something that a user wants to reach.';
comment on column smatrx.career_goals.user_id is 'Whose goal it is.';
comment on column smatrx.career_goals.id is 'The goal.';
comment on column smatrx.career_goals.title is 'What is to be reached.';
comment on column smatrx.career_goals.description is 'What that means, and why.';
comment on column smatrx.career_goals.type is 'What it is about.';
comment on column smatrx.career_goals.target_date is 'Day by which it shall be reached.';
comment on column smatrx.career_goals.status is 'What has become of it: completed exactly when its progress is 100.';
comment on column smatrx.career_goals.priority is 'How much it matters.';
comment on column smatrx.career_goals.progress is 'Progress in percent, 0 to 100; at 100 the goal is completed.';
comment on column smatrx.career_goals.created_at is 'When the goal was set.';
comment on column smatrx.career_goals.updated_at is 'When the row last changed; strictly increasing.';

create index career_goals_user_id_status_priority_idx on smatrx.career_goals (user_id, status, priority);

create table smatrx.achievements (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  type smatrx.achievement_type not null,
  title base.line not null,
  description base.prose,
  points integer not null default 0,
  badge base.url,
  earned_at timestamptz not null default now(),
  career_goal_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint achievements_pkey primary key (user_id, id),
  constraint achievements_user_id_career_goal_id_key unique (user_id, career_goal_id),
  constraint achievements_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint achievements_career_goal_id_fkey foreign key (user_id, career_goal_id)
    references smatrx.career_goals (user_id, id) on delete set null (career_goal_id),
  constraint achievements_points_check check (points between 0 and 1000000)
);

comment on table smatrx.achievements is 'What a user has achieved; given by the server or an administrator.';
comment on column smatrx.achievements.user_id is 'Who has achieved it.';
comment on column smatrx.achievements.id is 'The achievement.';
comment on column smatrx.achievements.type is 'What kind of achievement it is.';
comment on column smatrx.achievements.title is 'What was achieved.';
comment on column smatrx.achievements.description is 'More about it.';
comment on column smatrx.achievements.points is 'What it is worth, 0 to 1,000,000 points.';
comment on column smatrx.achievements.badge is 'Address of its picture.';
comment on column smatrx.achievements.earned_at is 'When it was achieved.';
comment on column smatrx.achievements.career_goal_id is
  'The goal that was reached, the same user''s, and each only once; null: none, or the goal is gone.';
comment on column smatrx.achievements.created_at is 'When it was recorded.';
comment on column smatrx.achievements.updated_at is 'When the row last changed; strictly increasing.';

create trigger achievements_touch
before update on smatrx.achievements
for each row execute function base.touch_updated_at();
select audit.attach('smatrx.achievements');

-- Whichever of progress and status a statement changes, the other follows.
create function smatrx.complete_goal() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    if new.progress = 100 then
      new.status := 'completed';
    elsif new.status = 'completed' and new.progress = 0 then
      new.progress := 100;
    end if;
  elsif new.progress <> old.progress then
    if new.progress = 100 then
      new.status := 'completed';
    elsif new.status = 'completed' and old.status = 'completed' then
      new.status := 'active';
    end if;
  elsif new.status = 'completed' then
    new.progress := 100;
  end if;
  return new;
end
$$;
comment on function smatrx.complete_goal() is
  'Before a goal is written: at progress 100 it is completed, and a completed one has progress 100; one that falls '
  'back is active again.';

create function smatrx.record_achievement() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into smatrx.achievements (user_id, type, title, description, points, career_goal_id)
  values (
    new.user_id,
    case new.type when 'role' then 'milestone' else new.type::text end::smatrx.achievement_type,
    new.title,
    new.description,
    case new.priority when 'high' then 100 when 'medium' then 50 else 25 end,
    new.id)
  on conflict (user_id, career_goal_id) do nothing;
  return null;
end
$$;
comment on function smatrx.record_achievement() is
  'After a goal is completed: its achievement, once, worth 25, 50 or 100 points by the goal''s priority.';

create trigger career_goals_complete
before insert or update on smatrx.career_goals
for each row execute function smatrx.complete_goal();
create trigger career_goals_achievement
after insert on smatrx.career_goals
for each row when (new.status = 'completed') execute function smatrx.record_achievement();
-- Only when it is completed: what an administrator took back does not return with the next change of the title.
create trigger career_goals_achievement_later
after update on smatrx.career_goals
for each row when (new.status = 'completed' and old.status <> 'completed')
execute function smatrx.record_achievement();
create trigger career_goals_touch
before update on smatrx.career_goals
for each row execute function base.touch_updated_at();
select audit.attach('smatrx.career_goals');

create table smatrx.skill_analyses (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  analysis_type smatrx.analysis_type not null,
  data base.json_object not null,
  confidence double precision,
  created_at timestamptz not null default now(),
  constraint skill_analyses_pkey primary key (user_id, id),
  constraint skill_analyses_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint skill_analyses_data_check check (octet_length(data::text) <= 262144),
  constraint skill_analyses_confidence_check check (confidence between 0 and 1)
);

comment on table smatrx.skill_analyses is 'What an analysis made of a user''s skills. Never changed.';
comment on column smatrx.skill_analyses.user_id is 'Whose skills were analysed.';
comment on column smatrx.skill_analyses.id is 'The analysis.';
comment on column smatrx.skill_analyses.analysis_type is 'What it looks at.';
comment on column smatrx.skill_analyses.data is 'What came of it: a JSON object, at most 256 KiB.';
comment on column smatrx.skill_analyses.confidence is 'How sure the analysis is of itself, 0 to 1.';
comment on column smatrx.skill_analyses.created_at is 'When it was made.';

create index skill_analyses_user_id_analysis_type_id_idx on smatrx.skill_analyses (user_id, analysis_type, id);

select audit.attach('smatrx.skill_analyses');

-- The way into a country: roadmaps with their phases and tasks, and whom they are shared with. What has been done
-- decides how far a phase and the roadmap are.

create type migratio.roadmap_status as enum ('draft', 'active', 'on_hold', 'completed', 'abandoned');
comment on type migratio.roadmap_status is 'How far somebody is on their way.';

create type migratio.share_access as enum ('view', 'edit');
comment on type migratio.share_access is 'What somebody may do with a roadmap that is shared with them.';

create type migratio.roadmap_access as enum ('view', 'edit', 'owner');
comment on type migratio.roadmap_access is 'What somebody may do with a roadmap, the least first.';

create table migratio.roadmaps (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  recommendation_item_id uuid,
  program_id uuid not null,
  title base.line not null,
  description base.prose,
  status migratio.roadmap_status not null default 'draft',
  phases base.json_array not null default '[]',
  planning_assessment_results base.json_object,
  settlement_progress base.json_object,
  notes base.prose,
  pdf_export base.json_object,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint roadmaps_pkey primary key (user_id, id),
  constraint roadmaps_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint roadmaps_program_id_fkey foreign key (program_id)
    references migratio.programs (id) on delete restrict,
  constraint roadmaps_recommendation_item_id_fkey foreign key (user_id, recommendation_item_id)
    references migratio.recommendation_items (user_id, id) on delete set null (recommendation_item_id),
  constraint roadmaps_phases_check check (
    jsonb_array_length(phases) <= 5
    and jsonb_array_length(phases) = jsonb_array_length(jsonb_path_query_array(phases,
      'strict $[*] ? (@.type() == "object" && @.phaseName.type() == "string" && @.tasks.type() == "array"
        && @.tasks.size() <= 100)'))),
  constraint roadmaps_tasks_check check (
    jsonb_array_length(jsonb_path_query_array(phases, '$[*].tasks[*]'))
    = jsonb_array_length(jsonb_path_query_array(phases,
      '$[*].tasks[*] ? (@.id.type() == "string" && @.title.type() == "string" && (@.status == "pending"
        || @.status == "inProgress" || @.status == "completed" || @.status == "blocked"))')))
);

comment on table migratio.roadmaps is 'Somebody''s way into a country, phase by phase.';
comment on column migratio.roadmaps.user_id is 'Whose it is.';
comment on column migratio.roadmaps.id is 'The roadmap.';
comment on column migratio.roadmaps.recommendation_item_id is
  'The recommendation it came of; null: none, or it is gone.';
comment on column migratio.roadmaps.program_id is 'The programme it leads through.';
comment on column migratio.roadmaps.title is 'What it is called.';
comment on column migratio.roadmaps.description is 'What it is about.';
comment on column migratio.roadmaps.status is 'How far it has come; follows migratio.roadmap_moves(), and its tasks.';
comment on column migratio.roadmaps.phases is
  'Its phases: a JSON array of objects of phaseName, status, startDate, endDate, tasks, documents, milestones, '
  'in the order of migratio.phase_name; statuses are kept by the database.';
comment on column migratio.roadmaps.planning_assessment_results is
  'What the planning tools said: a JSON object of readinessScore, financialPlanSummary, notes.';
comment on column migratio.roadmaps.settlement_progress is
  'How they have settled: a JSON object of housingStatus, bankingSetup, communityConnectionsMade, notes.';
comment on column migratio.roadmaps.notes is 'Notes.';
comment on column migratio.roadmaps.pdf_export is
  'The latest PDF of it: a JSON object of lastGeneratedAt, storageUrl, version.';
comment on column migratio.roadmaps.created_at is 'When it was made.';
comment on column migratio.roadmaps.updated_at is 'When the row last changed; strictly increasing.';

create index roadmaps_user_id_status_id_idx on migratio.roadmaps (user_id, status, id);
create index roadmaps_user_id_recommendation_item_id_idx on migratio.roadmaps (user_id, recommendation_item_id)
  where recommendation_item_id is not null;
create index roadmaps_program_id_idx on migratio.roadmaps (program_id);

create trigger roadmaps_touch
before update on migratio.roadmaps
for each row execute function base.touch_updated_at();
select audit.attach('migratio.roadmaps');

create function migratio.roadmap_moves(roadmap migratio.roadmaps) returns migratio.roadmap_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case roadmap.status
    when 'draft' then '{active,abandoned}'
    when 'active' then '{on_hold,completed,abandoned}'
    when 'on_hold' then '{active,abandoned}'
    when 'completed' then '{active}'
    when 'abandoned' then '{active}'
  end::migratio.roadmap_status[];
end
$$;
comment on function migratio.roadmap_moves(migratio.roadmaps) is
  'The statuses that a roadmap may be moved to; the tasks move it, too.';
grant execute on function migratio.roadmap_moves(migratio.roadmaps) to trellis_app, trellis_readonly;

create function migratio.merged(list jsonb, element text, patch jsonb) returns jsonb
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select jsonb_agg(case when entry ->> 'id' = element then jsonb_strip_nulls(entry || patch) else entry end
      order by place)
    from jsonb_array_elements(list) with ordinality as entries (entry, place));
end
$$;
comment on function migratio.merged(jsonb, text, jsonb) is
  'A list of JSON objects in which the one of this id has been patched; null in a patch removes.';
grant execute on function migratio.merged(jsonb, text, jsonb) to trellis_app, trellis_readonly;

create function migratio.with_tasks(phases jsonb, phase migratio.phase_name, tasks jsonb) returns jsonb
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select jsonb_agg(
      case when entry ->> 'phaseName' = phase::text then entry || jsonb_build_object('tasks', tasks) else entry end
      order by place)
    from jsonb_array_elements(phases) with ordinality as entries (entry, place));
end
$$;
comment on function migratio.with_tasks(jsonb, migratio.phase_name, jsonb) is 'Phases of which one has these tasks.';
grant execute on function migratio.with_tasks(jsonb, migratio.phase_name, jsonb) to trellis_app, trellis_readonly;

create function migratio.tasks_of(phases jsonb, phase migratio.phase_name) returns jsonb
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return jsonb_path_query_first(phases, '$[*] ? (@.phaseName == $phase).tasks', jsonb_build_object('phase', phase));
end
$$;
comment on function migratio.tasks_of(jsonb, migratio.phase_name) is
  'The tasks of a phase; null: there is no such phase.';
grant execute on function migratio.tasks_of(jsonb, migratio.phase_name) to trellis_app, trellis_readonly;

create function migratio.roadmap_phases(program uuid, starts date) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    with steps as (
      select
        coalesce(step ->> 'phase', 'ApplicationPrep')::migratio.phase_name as phase,
        step,
        place,
        -- A step takes the time it says, two weeks where it says nothing; one phase comes after the other.
        starts + (sum(coalesce((step ->> 'estimatedDays')::double precision, 14)) over (
          order by coalesce(step ->> 'phase', 'ApplicationPrep')::migratio.phase_name, place))::integer as due
      from migratio.programs
      cross join jsonb_array_elements(application_steps) with ordinality as entries (step, place)
      where programs.id = program
    ),
    phases as (
      select
        phase,
        greatest(starts,
          max(last.due) over (order by phase rows between unbounded preceding and 1 preceding)) as starts_on,
        greatest(starts, max(last.due) over (order by phase)) as ends_on,
        last.due is not null as has_steps
      from unnest(enum_range(null::migratio.phase_name)) as named (phase)
      left join lateral (select max(due) from steps where steps.phase = named.phase) as last (due) on true
    )
    select jsonb_agg(jsonb_build_object(
      'phaseName', phase,
      'status', 'pending',
      'startDate', starts_on,
      'endDate', ends_on,
      'tasks', coalesce((
        select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', base.uuid_v7(), 'title', step -> 'title',
          'description', step -> 'description', 'status', 'pending', 'dueDate', due)) order by place)
        from steps
        where steps.phase = phases.phase), '[]'),
      'documents', coalesce((
        select jsonb_agg(jsonb_build_object('requirementId', requirement.id,
          'documentTypeId', requirement.document_type_id, 'name', requirement.name,
          'isRequired', requirement.is_required) order by position, requirement.id)
        from migratio.program_documents as asked
        join migratio.document_requirements as requirement on requirement.id = asked.requirement_id
        where asked.program_id = program
          and requirement.stage = phases.phase), '[]'),
      'milestones', case
        when has_steps then jsonb_build_array(jsonb_build_object(
          'id', base.uuid_v7(), 'title', phase || ' completed', 'targetDate', ends_on))
        else '[]'
      end) order by phase)
    from phases);
end
$$;
comment on function migratio.roadmap_phases(uuid, date) is
  'The phases of a roadmap through this programme that starts on this day: the programme''s steps as tasks, what '
  'it asks for as documents, a milestone at the end of each phase that has steps.';
grant execute on function migratio.roadmap_phases(uuid, date) to trellis_app;

create function migratio.follow_tasks() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  today constant date := (clock_timestamp() at time zone 'UTC')::date;
  entry jsonb;
  tasks jsonb;
  followed jsonb := '[]';
  done_before boolean := jsonb_path_exists(new.phases, '$[*].tasks[*]');
  reopened boolean := false;
  done boolean;
  begun boolean := false;
begin
  for entry in select phase from jsonb_array_elements(new.phases) as phase loop
    select coalesce(jsonb_agg(case
      when task ->> 'status' <> 'completed' then task - 'completedDate'
      when task ? 'completedDate' then task
      else task || jsonb_build_object('completedDate', today)
    end order by place), '[]')
    into tasks
    from jsonb_array_elements(entry -> 'tasks') with ordinality as list (task, place);
    done := not jsonb_path_exists(tasks, '$[*] ? (@.status != "completed")')
      and (tasks <> '[]' or done_before);
    begun := begun or jsonb_path_exists(tasks, '$[*] ? (@.status != "pending")');
    followed := followed || jsonb_build_array(entry || jsonb_build_object(
      'tasks', tasks,
      'status', case
        when done then 'completed'
        when done_before or jsonb_path_exists(tasks, '$[*] ? (@.status != "pending")') then 'active'
        else 'pending'
      end,
      'milestones', (
        select coalesce(jsonb_agg(case
          when not done then milestone - 'achievedDate'
          when milestone ? 'achievedDate' then milestone
          else milestone || jsonb_build_object('achievedDate', today)
        end order by place), '[]')
        from jsonb_array_elements(coalesce(entry -> 'milestones', '[]')) with ordinality as list (milestone, place))));
    done_before := done_before and done;
  end loop;
  new.phases := followed;
  if tg_op = 'UPDATE' then
    reopened := exists (
      select
      from jsonb_path_query(old.phases, '$[*].tasks[*] ? (@.status == "completed")') as before
      join jsonb_path_query(followed, '$[*].tasks[*] ? (@.status != "completed")') as after
        on before ->> 'id' = after ->> 'id');
  end if;
  new.status := case
    when new.status in ('draft', 'active') and begun and done_before then 'completed'
    when new.status = 'draft' and begun then 'active'
    when new.status = 'completed' and reopened then 'active'
    else new.status
  end;
  return new;
end
$$;
comment on function migratio.follow_tasks() is
  'Before a roadmap''s phases are written: dates of what is completed, the status of each phase, and the '
  'roadmap''s, follow the tasks. A phase without tasks is completed with the one before it.';

create function migratio.begin_roadmap() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  named text := 'program_id';
begin
  if new.recommendation_item_id is not null then
    named := 'recommendation_item_id';
    if not exists (
      select
      from migratio.recommendation_items as item
      where item.user_id = new.user_id
        and item.id = new.recommendation_item_id
        and item.program_id = new.program_id
    ) then
      raise exception 'must be one of your recommendations'
        using errcode = 'check_violation', schema = 'migratio', table = 'roadmaps', column = named,
          constraint = 'roadmaps_recommendation_item_id_own_check';
    end if;
  end if;
  if not exists (select from migratio.programs where id = new.program_id and is_active) then
    raise exception 'must lead through a programme that is open'
      using errcode = 'check_violation', schema = 'migratio', table = 'roadmaps', column = named,
        constraint = 'roadmaps_program_id_open_check';
  end if;
  return new;
end
$$;
comment on function migratio.begin_roadmap() is
  'Before a roadmap is made: its programme is open, and the one that was recommended.';

create trigger roadmaps_begin
before insert on migratio.roadmaps
for each row execute function migratio.begin_roadmap();
create trigger roadmaps_follow_tasks
before insert or update of phases on migratio.roadmaps
for each row execute function migratio.follow_tasks();
create trigger roadmaps_status_flow
before update of status on migratio.roadmaps
for each row execute function base.check_move('a roadmap', 'migratio.roadmap_moves($1)');
create trigger roadmaps_phases_open
before update of phases on migratio.roadmaps
for each row when (old.status in ('on_hold', 'abandoned') and old.phases <> new.phases)
execute function base.refuse_change('nothing is done on a roadmap that is %; activate it first');

create trigger roadmaps_program
before update of program_id on migratio.roadmaps
for each row when (old.program_id <> new.program_id)
execute function base.refuse_change('a roadmap leads through the programme it was made for');

create function migratio.count_roadmaps() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- In one order, so that two who count do not wait for each other in a circle.
  perform
  from migratio.programs
  where id in (select program_id from changed)
  order by id
  for no key update;
  update migratio.programs
  set popularity = popularity + change
  from (
    select program_id, count(*) * case tg_op when 'INSERT' then 1 else -1 end
    from changed
    group by program_id
  ) as counted (program_id, change)
  where programs.id = counted.program_id;
  return null;
end
$$;
comment on function migratio.count_roadmaps() is
  'After roadmaps were made or deleted: their programmes are that much more or less popular.';

create trigger roadmaps_counted_in
after insert on migratio.roadmaps
referencing new table as changed
for each statement execute function migratio.count_roadmaps();
create trigger roadmaps_counted_out
after delete on migratio.roadmaps
referencing old table as changed
for each statement execute function migratio.count_roadmaps();

create table migratio.roadmap_shares (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  roadmap_id uuid not null,
  shared_with_id uuid,
  email base.email,
  access migratio.share_access not null default 'view',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint roadmap_shares_pkey primary key (user_id, id),
  constraint roadmap_shares_roadmap_id_fkey foreign key (user_id, roadmap_id)
    references migratio.roadmaps (user_id, id) on delete cascade,
  constraint roadmap_shares_shared_with_id_fkey foreign key (shared_with_id)
    references identity.users (id) on delete cascade,
  constraint roadmap_shares_shared_with_id_other_check check (shared_with_id <> user_id),
  constraint roadmap_shares_email_check check (num_nonnulls(shared_with_id, email) = 1),
  constraint roadmap_shares_user_id_roadmap_id_shared_with_id_key unique (user_id, roadmap_id, shared_with_id)
);

comment on table migratio.roadmap_shares is 'Whom somebody lets see their roadmap, or edit it.';
comment on column migratio.roadmap_shares.user_id is 'Whose roadmap it is.';
comment on column migratio.roadmap_shares.id is 'The share.';
comment on column migratio.roadmap_shares.roadmap_id is 'The roadmap, the same user''s.';
comment on column migratio.roadmap_shares.shared_with_id is
  'With whom; null: with whoever proves that the e-mail address is theirs.';
comment on column migratio.roadmap_shares.email is 'With whom, where it is said by e-mail address; null: it is not.';
comment on column migratio.roadmap_shares.access is 'What they may do with it.';
comment on column migratio.roadmap_shares.created_at is 'When it was shared.';
comment on column migratio.roadmap_shares.updated_at is 'When the row last changed; strictly increasing.';

create unique index roadmap_shares_user_id_roadmap_id_email_key
  on migratio.roadmap_shares (user_id, roadmap_id, lower(email));
create index roadmap_shares_shared_with_id_roadmap_id_idx on migratio.roadmap_shares (shared_with_id, roadmap_id)
  where shared_with_id is not null;
create index roadmap_shares_email_roadmap_id_idx on migratio.roadmap_shares (lower(email), roadmap_id)
  where email is not null;

create trigger roadmap_shares_touch
before update on migratio.roadmap_shares
for each row execute function base.touch_updated_at();
select audit.attach('migratio.roadmap_shares');

create trigger roadmap_shares_shared_with_id_active
before insert on migratio.roadmap_shares
for each row when (new.shared_with_id is not null)
execute function identity.require_active('shared_with_id');

create trigger roadmap_shares_parties
before update of user_id, roadmap_id, shared_with_id, email on migratio.roadmap_shares
for each row when ((old.user_id, old.roadmap_id, old.shared_with_id, old.email)
  is distinct from (new.user_id, new.roadmap_id, new.shared_with_id, new.email))
execute function base.refuse_change('a roadmap is shared with somebody; share it anew with others');

create function migratio.roadmap_reader(
  actor uuid, roadmap uuid, out user_id uuid, out access migratio.roadmap_access)
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  select own.user_id, 'owner'
  into user_id, access
  from migratio.roadmaps as own
  where own.user_id = actor
    and own.id = roadmap;
  if not found then
    select shared.user_id, shared.access::text::migratio.roadmap_access
    into user_id, access
    from (
      select share.user_id, share.access
      from migratio.roadmap_shares as share
      where share.shared_with_id = actor
        and share.roadmap_id = roadmap
      union all
      select share.user_id, share.access
      from identity.users as person
      join migratio.roadmap_shares as share on lower(share.email) = lower(person.email)
      where person.id = actor
        and person.email_verified_at is not null
        and share.email is not null
        and share.roadmap_id = roadmap
    ) as shared
    order by shared.access desc
    limit 1;
  end if;
end
$$;
comment on function migratio.roadmap_reader(uuid, uuid) is
  'Whose a roadmap is and what this actor may do with it, the most where it is shared with them twice; nulls: it is '
  'none of theirs. An e-mail address counts once it is proven.';
grant execute on function migratio.roadmap_reader(uuid, uuid) to trellis_app, trellis_readonly;

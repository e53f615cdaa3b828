-- What is suggested is for the stage, and for those who know as much; what the user may read comes first, then what is thought
-- most of, then what is newest.
-- $1 user
with person as materialized (
  select
    profile.completion_percentage,
    coalesce(profile.inferred_expertise_level, 'beginner')::text::migratio.target_expertise_level as level,
    coalesce(member.subscription_tier, 'free') as tier,
    member.subscription_expiry as expiry,
    migratio.is_paying($1) as is_paying,
    identity.has_role($1, 'migratio', 'contentManager', 'admin') as writes
  from (values ($1::uuid)) as own (id)
  left join migratio.profiles as profile on profile.user_id = own.id
  left join migratio.members as member on member.user_id = own.id
),
latest as materialized (
  select id
  from migratio.recommendations
  where user_id = $1
    and archived is null
),
active as materialized (
  select id, title, phases
  from migratio.roadmaps
  where user_id = $1
    and status = 'active'
),
place as materialized (
  select case
    when completion_percentage is null then 'planning'
    when completion_percentage < 80 or not exists (select from latest) then 'assessment'
    when exists (
      select
      from active
      where phases @> '[{"phaseName": "PostArrival", "status": "active"}]'
        or phases @> '[{"phaseName": "Integration", "status": "active"}]'
    ) then 'settlement'
    when exists (select from active) then 'application'
    else 'assessment'
  end::migratio.journey_stage as stage
  from person
)
select
  coalesce(person.completion_percentage, 0) as "profile_completion!",
  jsonb_build_object('tier', person.tier, 'expiry', person.expiry, 'is_paid', person.is_paying)
    as "membership!: Membership",
  array(
    select jsonb_build_object(
      'id', item.id,
      'recommendation_id', item.recommendation_id,
      'program_id', item.program_id,
      'program_name', program.name,
      'rank', item.rank,
      'overall_score', item.overall_score)
    from latest
    join migratio.recommendation_items as item on item.user_id = $1 and item.recommendation_id = latest.id
    join migratio.programs as program on program.id = item.program_id
    order by item.rank
    limit 3
  ) as "recommendations!: Vec<TopRecommendation>",
  array(
    select jsonb_build_object(
      'roadmap_id', active.id,
      'roadmap_title', active.title,
      'phase_name', phase -> 'phaseName',
      'task_id', task -> 'id',
      'title', task -> 'title',
      'status', task -> 'status',
      'due_date', task -> 'dueDate')
    from active
    cross join jsonb_array_elements(active.phases) with ordinality as phases (phase, phase_place)
    cross join jsonb_array_elements(phase -> 'tasks') with ordinality as tasks (task, task_place)
    where task ->> 'status' in ('pending', 'inProgress')
    order by (task ->> 'dueDate')::date nulls last, active.id, phase_place, task_place
    limit 5
  ) as "due_tasks!: Vec<DueTask>",
  (
    select jsonb_build_object(
      'draft', count(*) filter (where status = 'draft'),
      'ready', count(*) filter (where status = 'ready'),
      'submitted', count(*) filter (where status = 'submitted'),
      'archived', count(*) filter (where status = 'archived'),
      'expiring', count(*) filter (where
        status <> 'archived' and expiry_date <= (now() at time zone 'UTC')::date + 30))
    from migratio.documents
    where user_id = $1
  ) as "documents!: DocumentCounts",
  (
    select jsonb_build_object(
      'count', count(*),
      'completed', count(*) filter (where status = 'completed'),
      'completion_percentage', coalesce(floor(avg(completion_percentage)), 0))
    from migratio.document_checklists
    where user_id = $1
  ) as "checklists!: ChecklistCounts",
  place.stage as "stage!",
  array(
    select jsonb_build_object(
      'id', resource.id,
      'title', resource.title,
      'description', resource.description,
      'resource_type', resource.resource_type,
      'content_url', case when not is_locked then resource.content_url end,
      'thumbnail_url', resource.thumbnail_url,
      'journey_stage', resource.journey_stage,
      'target_expertise_level', resource.target_expertise_level,
      'related_countries', array(
        select country_id
        from migratio.resource_countries
        where resource_id = resource.id
        order by country_id),
      'related_programs', array(
        select program_id
        from migratio.resource_programs
        where resource_id = resource.id
        order by program_id),
      'tags', resource.tags,
      'author_id', resource.author_id,
      'view_count', resource.view_count,
      'average_rating', resource.average_rating,
      'is_premium', resource.is_premium,
      'is_locked', is_locked,
      'language', resource.language,
      'created_at', resource.created_at,
      'updated_at', resource.updated_at)
    from migratio.resources as resource
    cross join lateral (values (resource.is_premium and not person.is_paying and not person.writes)) as own (is_locked)
    where resource.journey_stage @> array[place.stage]
      and resource.target_expertise_level in (person.level, 'any')
    order by is_locked, resource.average_rating desc nulls last, resource.id desc
    limit 5
  ) as "resources!: Vec<ListedResource>"
from person
cross join place

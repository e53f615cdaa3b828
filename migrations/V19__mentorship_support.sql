-- Support for working mothers: milestones, groups, cover during leave, and talks with the assistant.

create type mentorship.proxy_request_status as enum ('pending', 'accepted', 'rejected', 'completed');
comment on type mentorship.proxy_request_status is 'What has become of a request for cover.';

create table mentorship.milestone_logs (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  type base.line not null,
  title base.line not null,
  notes base.prose,
  date timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint milestone_logs_pkey primary key (user_id, id),
  constraint milestone_logs_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade
);

comment on table mentorship.milestone_logs is 'Something that a mother wants to remember: a first step, the first day back.';
comment on column mentorship.milestone_logs.user_id is 'Whose milestone it is.';
comment on column mentorship.milestone_logs.id is 'The milestone.';
comment on column mentorship.milestone_logs.type is 'What kind it is, in the user''s words.';
comment on column mentorship.milestone_logs.title is 'What happened.';
comment on column mentorship.milestone_logs.notes is 'More about it.';
comment on column mentorship.milestone_logs.date is 'When it happened.';
comment on column mentorship.milestone_logs.created_at is 'When it was written down.';
comment on column mentorship.milestone_logs.updated_at is 'When the row last changed; strictly increasing.';

create index milestone_logs_user_id_type_id_idx on mentorship.milestone_logs (user_id, type, id);

create trigger milestone_logs_touch
before update on mentorship.milestone_logs
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.milestone_logs');

create table mentorship.support_groups (
  id uuid not null default base.uuid_v7(),
  name base.line not null,
  description base.prose,
  member_count integer not null default 0,
  last_active timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint support_groups_pkey primary key (id),
  constraint support_groups_member_count_check check (member_count >= 0)
);

comment on table mentorship.support_groups is 'A group in which people support each other. A catalogue: nobody''s own.';
comment on column mentorship.support_groups.id is 'The group.';
comment on column mentorship.support_groups.name is 'What it is called; unique, whatever the case.';
comment on column mentorship.support_groups.description is 'Who it is for.';
comment on column mentorship.support_groups.member_count is 'How many members it has; counted by the database.';
comment on column mentorship.support_groups.last_active is
  'When somebody last joined or left; null: nobody yet. Kept by the database.';
comment on column mentorship.support_groups.created_at is 'When it was founded.';
comment on column mentorship.support_groups.updated_at is 'When the row last changed; strictly increasing.';

create unique index support_groups_name_key on mentorship.support_groups (lower(name));

create trigger support_groups_member_count_kept
before update of member_count on mentorship.support_groups
for each row when (pg_trigger_depth() = 0)
execute function base.refuse_change('members are counted by the database');
create trigger support_groups_touch
before update on mentorship.support_groups
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.support_groups', array['member_count', 'last_active']);

create table mentorship.group_memberships (
  id uuid not null default base.uuid_v7(),
  user_id uuid not null,
  group_id uuid not null,
  joined_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint group_memberships_pkey primary key (id),
  constraint group_memberships_group_id_user_id_key unique (group_id, user_id),
  constraint group_memberships_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint group_memberships_group_id_fkey foreign key (group_id)
    references mentorship.support_groups (id) on delete cascade
);

comment on table mentorship.group_memberships is 'Who belongs to which group.';
comment on column mentorship.group_memberships.id is 'The membership.';
comment on column mentorship.group_memberships.user_id is 'Who belongs to it.';
comment on column mentorship.group_memberships.group_id is 'The group; one membership each.';
comment on column mentorship.group_memberships.joined_at is 'Since when.';
comment on column mentorship.group_memberships.created_at is 'When the row was made.';

create index group_memberships_user_id_group_id_idx on mentorship.group_memberships (user_id, group_id);
create index group_memberships_group_id_id_idx on mentorship.group_memberships (group_id, id);

create function mentorship.count_members() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- In one order, lest two who leave the same groups wait for each other.
  perform from mentorship.support_groups
  where id in (select group_id from changed)
  order by id
  for no key update;
  update mentorship.support_groups
  set
    member_count = member_count + tally.members,
    last_active = clock_timestamp()
  from (
    select group_id, count(*) * case tg_op when 'INSERT' then 1 else -1 end as members
    from changed
    group by group_id
  ) as tally
  where id = tally.group_id;
  return null;
end
$$;
comment on function mentorship.count_members() is
  'After people joined or left: counts them, and notes that their groups were active.';

create trigger group_memberships_joined
after insert on mentorship.group_memberships
referencing new table as changed
for each statement execute function mentorship.count_members();
create trigger group_memberships_left
after delete on mentorship.group_memberships
referencing old table as changed
for each statement execute function mentorship.count_members();
create trigger group_memberships_parties
before update of group_id, user_id on mentorship.group_memberships
for each row when (old.group_id <> new.group_id or old.user_id <> new.user_id)
execute function base.refuse_change('a membership is of one user in one group, and stays so');
select audit.attach('mentorship.group_memberships');

create table mentorship.proxy_requests (
  id uuid not null default base.uuid_v7(),
  mother_id uuid not null,
  proxy_id uuid not null,
  status mentorship.proxy_request_status not null default 'pending',
  start_date date not null,
  expected_end_date date not null,
  actual_end_date date,
  notes base.prose,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint proxy_requests_pkey primary key (id),
  constraint proxy_requests_mother_id_fkey foreign key (mother_id)
    references identity.users (id) on delete cascade,
  constraint proxy_requests_proxy_id_fkey foreign key (proxy_id)
    references identity.users (id) on delete cascade,
  constraint proxy_requests_mother_id_excl exclude using gist (
    mother_id with =,
    daterange(start_date, expected_end_date, '[]') with &&) where (status = 'accepted'),
  constraint proxy_requests_proxy_id_other_check check (mother_id <> proxy_id),
  constraint proxy_requests_expected_end_date_check check (expected_end_date > start_date),
  constraint proxy_requests_actual_end_date_check check (actual_end_date >= start_date),
  constraint proxy_requests_completed_check check ((status = 'completed') = (actual_end_date is not null))
);

comment on table mentorship.proxy_requests is 'A new mother asks a colleague to stand in for her.';
comment on column mentorship.proxy_requests.id is 'The request.';
comment on column mentorship.proxy_requests.mother_id is
  'The new mother; of her accepted requests no two share a day.';
comment on column mentorship.proxy_requests.proxy_id is 'The colleague, somebody else.';
comment on column mentorship.proxy_requests.status is
  'What has become of it; follows mentorship.proxy_request_moves().';
comment on column mentorship.proxy_requests.start_date is 'First day of the leave.';
comment on column mentorship.proxy_requests.expected_end_date is 'Last day of the leave as planned, after the first.';
comment on column mentorship.proxy_requests.actual_end_date is
  'Last day of the cover as it was, not before the first; there exactly when it is completed.';
comment on column mentorship.proxy_requests.notes is 'What the colleague should know.';
comment on column mentorship.proxy_requests.created_at is 'When she asked.';
comment on column mentorship.proxy_requests.updated_at is 'When the row last changed; strictly increasing.';

create index proxy_requests_mother_id_id_idx on mentorship.proxy_requests (mother_id, id);
create index proxy_requests_proxy_id_id_idx on mentorship.proxy_requests (proxy_id, id);

create function mentorship.proxy_request_moves(request mentorship.proxy_requests, actor uuid)
returns mentorship.proxy_request_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case
    when request.status = 'pending' and coalesce(actor = request.proxy_id, true) then '{accepted,rejected}'
    when request.status = 'accepted' then '{completed}'
    else '{}'
  end::mentorship.proxy_request_status[];
end
$$;
comment on function mentorship.proxy_request_moves(mentorship.proxy_requests, uuid) is
  'The statuses that this actor may move a request to: the colleague accepts or rejects it, either completes it.';
grant execute on function mentorship.proxy_request_moves(mentorship.proxy_requests, uuid)
  to trellis_app, trellis_readonly;

create function mentorship.keep_proxy_request() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'a proxy request that is % cannot be % any more', old.status,
    case tg_op when 'UPDATE' then 'changed' else 'deleted' end
    using errcode = 'TR409',
      schema = 'mentorship', table = 'proxy_requests', column = 'status', constraint = 'proxy_requests_kept';
end
$$;
comment on function mentorship.keep_proxy_request() is
  'Before an answered request is changed, or one that was accepted deleted: refuses it (TR409).';

create function mentorship.queue_for_mother() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('mentorship.proxy_requests ' || new.mother_id, 0));
  return new;
end
$$;
comment on function mentorship.queue_for_mother() is
  'Before a request is accepted: one after the other for each mother. Two that exclude each other would wait for each '
  'other, both in the index, until one is broken off as a deadlock.';

create trigger proxy_requests_mother_id_role
before insert on mentorship.proxy_requests
for each row execute function identity.require_role('mother_id', 'new_mother');
create trigger proxy_requests_proxy_id_active
before insert on mentorship.proxy_requests
for each row execute function identity.require_active('proxy_id');
create trigger proxy_requests_status_flow
before update of status on mentorship.proxy_requests
for each row execute function base.check_move('a proxy request', 'mentorship.proxy_request_moves($1, $2)');
create trigger proxy_requests_kept_update
before update of start_date, expected_end_date, notes on mentorship.proxy_requests
for each row when (old.status <> 'pending')
execute function mentorship.keep_proxy_request();
-- What goes with the account of one of the two is deleted by its foreign key, which is a trigger, too.
create trigger proxy_requests_kept_delete
before delete on mentorship.proxy_requests
for each row when (old.status in ('accepted', 'completed') and pg_trigger_depth() = 0)
execute function mentorship.keep_proxy_request();
create trigger proxy_requests_queue
before insert or update of status on mentorship.proxy_requests
for each row when (new.status = 'accepted')
execute function mentorship.queue_for_mother();
create trigger proxy_requests_parties
before update of mother_id, proxy_id on mentorship.proxy_requests
for each row when (old.mother_id <> new.mother_id or old.proxy_id <> new.proxy_id)
execute function base.refuse_change('a proxy request is of two people, and stays so');
create trigger proxy_requests_touch
before update on mentorship.proxy_requests
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.proxy_requests');

create table mentorship.mental_health_chats (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  message base.prose not null,
  is_from_user boolean not null default true,
  sentiment base.line,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint mental_health_chats_pkey primary key (user_id, id),
  constraint mental_health_chats_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint mental_health_chats_message_check check (message <> '')
);

comment on table mentorship.mental_health_chats is
  'What a user and the assistant said to each other in confidence. Nobody else reads it, no administrator either; the '
  'audit log knows that there was something, and no more.';
comment on column mentorship.mental_health_chats.user_id is 'Whose talk it is.';
comment on column mentorship.mental_health_chats.id is 'The message; their order is that of the talk.';
comment on column mentorship.mental_health_chats.message is 'What was said: 1 to 10,000 characters.';
comment on column mentorship.mental_health_chats.is_from_user is 'True: by the user; false: by the assistant.';
comment on column mentorship.mental_health_chats.sentiment is 'How it sounded to the assistant.';
comment on column mentorship.mental_health_chats.created_at is 'When it was said.';
comment on column mentorship.mental_health_chats.updated_at is 'When the row last changed; strictly increasing.';

create trigger mental_health_chats_touch
before update on mentorship.mental_health_chats
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.mental_health_chats', array['message', 'is_from_user', 'sentiment']);

-- Sessions of a mentor and a mentee, and what comes of them: notes, action items, feedback.

create type mentorship.session_status as enum (
  'pending', 'proposed', 'requested', 'confirmed', 'rescheduled', 'rejected', 'completed', 'cancelled');
comment on type mentorship.session_status is 'How far a session has come.';

create type mentorship.action_item_status as enum ('pending', 'in_progress', 'completed');
comment on type mentorship.action_item_status is 'How far an action item has come.';

create table mentorship.sessions (
  id uuid not null default base.uuid_v7(),
  mentor_id uuid not null,
  mentee_id uuid not null,
  title base.line not null,
  description base.prose,
  agenda base.prose,
  date timestamptz not null,
  duration integer not null,
  status mentorship.session_status not null default 'pending',
  meeting_link base.url,
  proposed_date timestamptz,
  proposed_by uuid,
  response_message base.prose,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint sessions_pkey primary key (id),
  constraint sessions_mentor_id_fkey foreign key (mentor_id)
    references identity.users (id) on delete cascade,
  constraint sessions_mentee_id_fkey foreign key (mentee_id)
    references identity.users (id) on delete cascade,
  constraint sessions_proposed_by_fkey foreign key (proposed_by)
    references identity.users (id) on delete set null,
  constraint sessions_mentor_id_other_check check (mentor_id <> mentee_id),
  constraint sessions_date_check check (isfinite(date) and isfinite(proposed_date)),
  constraint sessions_duration_check check (duration between 5 and 480),
  constraint sessions_proposed_date_check check (status <> 'rescheduled' or proposed_date is not null),
  constraint sessions_proposed_by_check check (proposed_by in (mentor_id, mentee_id))
);

comment on table mentorship.sessions is 'A meeting of a mentor and a mentee.';
comment on column mentorship.sessions.id is 'The session.';
comment on column mentorship.sessions.mentor_id is 'The mentor.';
comment on column mentorship.sessions.mentee_id is 'The mentee, somebody else.';
comment on column mentorship.sessions.title is 'What it is about.';
comment on column mentorship.sessions.description is 'More about it.';
comment on column mentorship.sessions.agenda is 'What is to be talked about.';
comment on column mentorship.sessions.date is 'When it begins.';
comment on column mentorship.sessions.duration is 'How long it takes, 5 to 480 minutes.';
comment on column mentorship.sessions.status is 'How far it has come; follows mentorship.session_moves().';
comment on column mentorship.sessions.meeting_link is 'Where to meet online.';
comment on column mentorship.sessions.proposed_date is
  'Another date that was proposed; always there while the session is rescheduled, and its date once that is confirmed.';
comment on column mentorship.sessions.proposed_by is
  'Who proposed another date last, one of the two; null: nobody.';
comment on column mentorship.sessions.response_message is 'What was said to the last move.';
comment on column mentorship.sessions.created_at is 'When it was proposed or requested.';
comment on column mentorship.sessions.updated_at is 'When the row last changed; strictly increasing.';

create index sessions_mentor_id_date_idx on mentorship.sessions (mentor_id, date, id);
create index sessions_mentee_id_date_idx on mentorship.sessions (mentee_id, date, id);
-- Whether two share a session decides whether they may write to each other.
create index sessions_mentor_id_mentee_id_idx on mentorship.sessions (mentor_id, mentee_id, status);
create index sessions_proposed_by_idx on mentorship.sessions (proposed_by) where proposed_by is not null;

create function mentorship.session_moves(session mentorship.sessions, actor uuid) returns mentorship.session_status[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- By hand in psql nobody acts: then both sides count.
  as_mentor constant boolean := coalesce(actor = session.mentor_id, true);
  as_mentee constant boolean := coalesce(actor = session.mentee_id, true);
  -- The answer is up to whoever did not ask, or did not propose the date last.
  answers constant boolean := case session.status
    when 'pending' then true
    when 'proposed' then as_mentee
    when 'requested' then as_mentor
    when 'rescheduled' then coalesce(actor <> session.proposed_by, true)
    else false
  end;
  open constant boolean := session.status in ('pending', 'proposed', 'requested', 'rescheduled', 'confirmed');
  begins constant timestamptz := greatest(session.date, session.proposed_date);
begin
  return array_remove(
    array[
      case when answers then 'confirmed' end,
      case when answers then 'rescheduled' end,
      case when answers then 'rejected' end,
      case when open and now() < begins then 'cancelled' end,
      case when session.status = 'confirmed' and as_mentor and now() >= session.date then 'completed' end
    ]::mentorship.session_status[],
    null);
end
$$;
comment on function mentorship.session_moves(mentorship.sessions, uuid) is
  'The statuses that this actor may move a session to, now: the other side confirms, rejects or proposes another date; '
  'either cancels before the date; the mentor completes after it.';
grant execute on function mentorship.session_moves(mentorship.sessions, uuid) to trellis_app, trellis_readonly;

create trigger sessions_mentor_id_role
before insert on mentorship.sessions
for each row execute function identity.require_role('mentor_id', 'mentor');
create trigger sessions_mentee_id_role
before insert on mentorship.sessions
for each row execute function identity.require_role('mentee_id', 'mentee', 'new_mother');
create trigger sessions_mentor_id_active
before insert on mentorship.sessions
for each row execute function identity.require_active('mentor_id');
create trigger sessions_mentee_id_active
before insert on mentorship.sessions
for each row execute function identity.require_active('mentee_id');
create trigger sessions_kept
before update of title, description, agenda, duration, meeting_link on mentorship.sessions
for each row when (old.status in ('rejected', 'completed', 'cancelled'))
execute function base.refuse_change('a session that is over is not changed');
create trigger sessions_status_flow
before update of status on mentorship.sessions
for each row execute function base.check_move('a session', 'mentorship.session_moves($1, $2)');
create trigger sessions_parties
before update of mentor_id, mentee_id on mentorship.sessions
for each row when (old.mentor_id <> new.mentor_id or old.mentee_id <> new.mentee_id)
execute function base.refuse_change('a session is of two people, and stays so');
create trigger sessions_touch
before update on mentorship.sessions
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.sessions');

-- What hangs on a session is between the two of it.
create function mentorship.require_participant() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  person constant uuid := to_jsonb(new) ->> tg_argv[0];
begin
  if not exists (
    select
    from mentorship.sessions
    where id = new.session_id
      and person in (mentor_id, mentee_id)
  ) then
    raise exception 'must be the mentor or the mentee of the session'
      using errcode = 'check_violation',
        schema = tg_table_schema, table = tg_table_name, column = tg_argv[0],
        constraint = tg_table_name || '_' || tg_argv[0] || '_participant_check';
  end if;
  return new;
end
$$;
comment on function mentorship.require_participant() is
  'Before somebody is named by what hangs on a session: they must take part in it. Argument: the column.';

create function mentorship.require_agreement() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select
    from mentorship.sessions
    where id = new.session_id
      and status not in ('confirmed', 'rescheduled', 'completed')
  ) then
    raise exception 'the other has not agreed to this session'
      using errcode = 'TR409',
        schema = tg_table_schema, table = tg_table_name, column = 'session_id',
        constraint = tg_table_name || '_agreement';
  end if;
  return new;
end
$$;
comment on function mentorship.require_agreement() is
  'Before something on a session reaches the other: refuses it where they have not had a word in (TR409). Whoever was asked and '
  'does not want to is left in peace.';

create table mentorship.session_notes (
  id uuid not null default base.uuid_v7(),
  session_id uuid not null,
  created_by_id uuid not null,
  notes base.long_text not null,
  is_private boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint session_notes_pkey primary key (id),
  constraint session_notes_session_id_fkey foreign key (session_id)
    references mentorship.sessions (id) on delete cascade,
  constraint session_notes_created_by_id_fkey foreign key (created_by_id)
    references identity.users (id) on delete cascade,
  constraint session_notes_notes_check check (notes <> '')
);

comment on table mentorship.session_notes is 'A note on a session by one of the two.';
comment on column mentorship.session_notes.id is 'The note.';
comment on column mentorship.session_notes.session_id is 'The session.';
comment on column mentorship.session_notes.created_by_id is 'Who wrote it, the mentor or the mentee.';
comment on column mentorship.session_notes.notes is 'The note: 1 to 32,000 characters.';
comment on column mentorship.session_notes.is_private is 'True: for its author''s eyes alone; false: the other may read it.';
comment on column mentorship.session_notes.created_at is 'When it was written.';
comment on column mentorship.session_notes.updated_at is 'When the row last changed; strictly increasing.';

create index session_notes_session_id_id_idx on mentorship.session_notes (session_id, id);
create index session_notes_created_by_id_idx on mentorship.session_notes (created_by_id);

create trigger session_notes_created_by_id_participant
before insert on mentorship.session_notes
for each row execute function mentorship.require_participant('created_by_id');
create trigger session_notes_shared
before insert or update of is_private on mentorship.session_notes
for each row when (not new.is_private) execute function mentorship.require_agreement();
create trigger session_notes_place
before update of session_id, created_by_id on mentorship.session_notes
for each row when (old.session_id <> new.session_id or old.created_by_id <> new.created_by_id)
execute function base.refuse_change('a note stays with its session and its author');
create trigger session_notes_touch
before update on mentorship.session_notes
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.session_notes');

create table mentorship.action_items (
  id uuid not null default base.uuid_v7(),
  session_id uuid not null,
  assigned_to_id uuid,
  created_by_id uuid,
  title base.line not null,
  description base.prose,
  due_date timestamptz,
  status mentorship.action_item_status not null default 'pending',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint action_items_pkey primary key (id),
  constraint action_items_session_id_fkey foreign key (session_id)
    references mentorship.sessions (id) on delete cascade,
  constraint action_items_assigned_to_id_fkey foreign key (assigned_to_id)
    references identity.users (id) on delete set null,
  constraint action_items_created_by_id_fkey foreign key (created_by_id)
    references identity.users (id) on delete set null
);

comment on table mentorship.action_items is 'Something to be done that came up in a session.';
comment on column mentorship.action_items.id is 'The action item.';
comment on column mentorship.action_items.session_id is 'The session.';
comment on column mentorship.action_items.assigned_to_id is
  'Who shall do it, the mentor or the mentee. The session goes with the account of either, and this with it.';
comment on column mentorship.action_items.created_by_id is
  'Who wrote it down, the mentor or the mentee.';
comment on column mentorship.action_items.title is 'What is to be done.';
comment on column mentorship.action_items.description is 'More about it.';
comment on column mentorship.action_items.due_date is 'By when.';
comment on column mentorship.action_items.status is 'How far it has come; follows mentorship.action_item_moves().';
comment on column mentorship.action_items.created_at is 'When it was written down.';
comment on column mentorship.action_items.updated_at is 'When the row last changed; strictly increasing.';

create index action_items_session_id_id_idx on mentorship.action_items (session_id, id);
create index action_items_assigned_to_id_id_idx on mentorship.action_items (assigned_to_id, id);
create index action_items_created_by_id_id_idx on mentorship.action_items (created_by_id, id);

create function mentorship.action_item_moves(item mentorship.action_items) returns mentorship.action_item_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case item.status
    when 'pending' then '{in_progress,completed}'
    when 'in_progress' then '{completed,pending}'
    when 'completed' then '{pending}'
  end::mentorship.action_item_status[];
end
$$;
comment on function mentorship.action_item_moves(mentorship.action_items) is
  'The statuses that an action item may move to: on, and back to the beginning.';
grant execute on function mentorship.action_item_moves(mentorship.action_items) to trellis_app, trellis_readonly;

create trigger action_items_assigned_to_id_participant
before insert or update of assigned_to_id on mentorship.action_items
for each row when (new.assigned_to_id is not null) execute function mentorship.require_participant('assigned_to_id');
create trigger action_items_created_by_id_participant
before insert on mentorship.action_items
for each row execute function mentorship.require_participant('created_by_id');
create trigger action_items_given
before insert or update of assigned_to_id on mentorship.action_items
for each row when (new.assigned_to_id <> new.created_by_id) execute function mentorship.require_agreement();
create trigger action_items_status_flow
before update of status on mentorship.action_items
for each row execute function base.check_move('an action item', 'mentorship.action_item_moves($1)');
create trigger action_items_place
before update of session_id on mentorship.action_items
for each row when (old.session_id <> new.session_id)
execute function base.refuse_change('an action item stays with its session');
create trigger action_items_touch
before update on mentorship.action_items
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.action_items');

create table mentorship.feedback (
  id uuid not null default base.uuid_v7(),
  session_id uuid not null,
  from_user_id uuid,
  rating integer not null,
  comments base.prose,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint feedback_pkey primary key (id),
  constraint feedback_session_id_from_user_id_key unique (session_id, from_user_id),
  constraint feedback_session_id_fkey foreign key (session_id)
    references mentorship.sessions (id) on delete cascade,
  constraint feedback_from_user_id_fkey foreign key (from_user_id)
    references identity.users (id) on delete set null,
  constraint feedback_rating_check check (rating between 1 and 5)
);

comment on table mentorship.feedback is 'What one of the two thought of a session that was held.';
comment on column mentorship.feedback.id is 'The feedback.';
comment on column mentorship.feedback.session_id is 'The session, a completed one.';
comment on column mentorship.feedback.from_user_id is
  'Who gave it, the mentor or the mentee, each once. The session goes with the account of either, and this with it.';
comment on column mentorship.feedback.rating is 'How good it was, 1 (worst) to 5.';
comment on column mentorship.feedback.comments is 'Why.';
comment on column mentorship.feedback.created_at is 'When it was given.';
comment on column mentorship.feedback.updated_at is 'When the row last changed; strictly increasing.';

create index feedback_from_user_id_idx on mentorship.feedback (from_user_id);

create function mentorship.check_feedback() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from mentorship.sessions where id = new.session_id and status <> 'completed') then
    raise exception 'feedback is given on completed sessions alone'
      using errcode = 'TR409',
        schema = 'mentorship', table = 'feedback', column = 'session_id', constraint = 'feedback_session_status';
  end if;
  return new;
end
$$;
comment on function mentorship.check_feedback() is
  'Before feedback is given: refuses it on a session that was not completed (TR409).';

create trigger feedback_from_user_id_participant
before insert on mentorship.feedback
for each row execute function mentorship.require_participant('from_user_id');
create trigger feedback_session_status
before insert on mentorship.feedback
for each row execute function mentorship.check_feedback();
create trigger feedback_place
before update of session_id, from_user_id on mentorship.feedback
for each row when (old.session_id <> new.session_id or old.from_user_id <> new.from_user_id)
execute function base.refuse_change('feedback stays with its session and its author');
create trigger feedback_touch
before update on mentorship.feedback
for each row execute function base.touch_updated_at();
select audit.attach('mentorship.feedback');

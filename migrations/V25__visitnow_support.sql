-- What people are told, and whom they turn to when something is wrong.

create type visitnow.notification_channel as enum ('email', 'sms', 'push', 'in_app');
comment on type visitnow.notification_channel is 'By what somebody is told.';

create type visitnow.notification_status as enum ('queued', 'sent', 'failed');
comment on type visitnow.notification_status is 'What has become of a notification.';

create type visitnow.ticket_category as enum ('booking', 'payment', 'technical', 'clinical', 'account', 'other');
comment on type visitnow.ticket_category is 'What a ticket is about.';

create type visitnow.ticket_priority as enum ('low', 'normal', 'high', 'urgent');
comment on type visitnow.ticket_priority is 'How pressing a ticket is.';

create type visitnow.ticket_status as enum ('open', 'in_progress', 'waiting_on_customer', 'resolved', 'closed');
comment on type visitnow.ticket_status is 'How far a ticket has come.';

create table visitnow.notifications (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  template_key base.code not null,
  channel visitnow.notification_channel not null,
  status visitnow.notification_status not null default 'queued',
  recipient text,
  meta base.json_object not null default '{}',
  reason base.prose,
  attempts integer not null default 0,
  next_attempt_at timestamptz default now(),
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint notifications_pkey primary key (user_id, id),
  constraint notifications_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint notifications_recipient_check check (
    char_length(recipient) <= 254 and (recipient is not null or channel in ('push', 'in_app'))),
  constraint notifications_attempts_check check (attempts between 0 and 10),
  constraint notifications_reason_check check (status <> 'failed' or reason is not null),
  constraint notifications_next_attempt_at_check check ((status = 'queued') = (next_attempt_at is not null))
);

comment on table visitnow.notifications is
  'What users are told, once per channel: made by what happens, delivered by a worker. Nothing of anybody''s health is in it.';
comment on column visitnow.notifications.user_id is 'Who is told.';
comment on column visitnow.notifications.id is 'The notification.';
comment on column visitnow.notifications.template_key is 'What they are told: appointment.confirmed, waitlist.offered, …';
comment on column visitnow.notifications.channel is 'By what.';
comment on column visitnow.notifications.status is
  'What has become of it: queued, then sent, or failed once no more is tried. In the app it is there at once.';
comment on column visitnow.notifications.recipient is
  'The address or number that it goes to; null: none is needed.';
comment on column visitnow.notifications.meta is 'What the text names: a JSON object of ids, times and names.';
comment on column visitnow.notifications.reason is 'Why the last try was in vain; null: none was.';
comment on column visitnow.notifications.attempts is 'How often it was tried, at most 10 times.';
comment on column visitnow.notifications.next_attempt_at is
  'From when it may be tried (again), by one server at a time; there exactly while it is queued.';
comment on column visitnow.notifications.expires_at is 'When it is of no more use, and deleted; null: never.';
comment on column visitnow.notifications.created_at is 'When it was made.';
comment on column visitnow.notifications.updated_at is 'When the row last changed; strictly increasing.';

create index notifications_user_id_created_at_idx on visitnow.notifications (user_id, created_at);
create index notifications_next_attempt_at_idx on visitnow.notifications (next_attempt_at) where status = 'queued';
create index notifications_expires_at_idx on visitnow.notifications (expires_at) where expires_at is not null;
create index notifications_queued_expires_at_idx on visitnow.notifications (expires_at)
  where status = 'queued' and expires_at is not null;

create function visitnow.notification_moves(notification visitnow.notifications) returns visitnow.notification_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case notification.status when 'queued' then '{queued,sent,failed}' else '{}' end::visitnow.notification_status[];
end
$$;
comment on function visitnow.notification_moves(visitnow.notifications) is
  'The statuses that a notification may move to: to be tried again, sent, or failed for good.';
grant execute on function visitnow.notification_moves(visitnow.notifications) to trellis_app, trellis_readonly;

create trigger notifications_status_flow
before update of status on visitnow.notifications
for each row execute function base.check_move('a notification', 'visitnow.notification_moves($1)');
create trigger notifications_touch
before update on visitnow.notifications
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.notifications', array['next_attempt_at']);

create function visitnow.notify(person uuid, template text, facts jsonb, until timestamptz default null) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into visitnow.notifications (
    user_id, template_key, channel, status, recipient, meta, next_attempt_at, expires_at)
  select
    users.id,
    template,
    way.channel,
    case way.channel when 'in_app' then 'sent' else 'queued' end::visitnow.notification_status,
    way.recipient,
    jsonb_strip_nulls(facts),
    case when way.channel <> 'in_app' then now() end,
    until
  from identity.users
  left join visitnow.patients on patients.user_id = users.id
  left join visitnow.preferences on preferences.patient_id = patients.id
  cross join lateral (
    values
      ('email'::visitnow.notification_channel, 'email', users.email::text),
      ('sms', 'sms', users.phone::text),
      ('push', 'push', null),
      ('in_app', 'inApp', null)
  ) as way (channel, name, recipient)
  where users.id = person
    and coalesce(preferences.channels, '{"email": true, "inApp": true}') @> jsonb_build_object(way.name, true)
    and (way.recipient is not null or way.channel in ('push', 'in_app'))
  -- Whose account is just being erased is not waited for.
  for key share of users skip locked;
end
$$;
comment on function visitnow.notify(uuid, text, jsonb, timestamptz) is
  'Tells somebody something by every channel that they like and can be reached by: a patient as they prefer, all others by '
  'e-mail and in the app.';
grant execute on function visitnow.notify(uuid, text, jsonb, timestamptz) to trellis_app;

create function visitnow.local_time(facts jsonb, name text) returns text
language plpgsql
stable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  zone constant text := coalesce(facts ->> 'timeZone', 'UTC');
begin
  return to_char((facts ->> name)::timestamptz at time zone zone, 'FMDay, FMDD FMMonth YYYY, HH24:MI') || ' (' || zone || ')';
exception
  -- One that cannot be told must not keep the others from being told.
  when data_exception then
    return null;
end
$$;
comment on function visitnow.local_time(jsonb, text) is
  'The time of this name among what a notification names, in words and in its time zone: Friday, 2 January 2026, 14:30 '
  '(Europe/Berlin); null: there is none.';
grant execute on function visitnow.local_time(jsonb, text) to trellis_app;

create function visitnow.tell_of_appointment() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  moved constant boolean := tg_op = 'UPDATE' and new.scheduled_start <> old.scheduled_start;
  facts jsonb;
begin
  if new.slot_id is null and tg_op = 'INSERT'
    or tg_op = 'UPDATE' and not moved and new.status = old.status
    or new.status in ('in_progress', 'completed')
  then
    return null;
  end if;
  select jsonb_build_object(
    'appointmentId', new.id,
    'start', new.scheduled_start,
    'end', new.scheduled_end,
    'channel', new.channel,
    'timeZone', clinics.time_zone,
    'clinicName', clinics.name,
    'providerName', providers.display_name)
  into facts
  from visitnow.providers
  left join visitnow.clinics on clinics.id = coalesce(new.clinic_id, old.clinic_id)
  where providers.id = coalesce(new.provider_id, old.provider_id);
  perform visitnow.notify(
    side.user_id,
    'appointment.' || case when moved then 'rescheduled' else new.status::text end,
    facts - side.known)
  from (
    -- Who just leaves is still known by what was before. Nobody need be told with whom they are themselves.
    select user_id, ''
    from visitnow.patients
    where id = coalesce(new.patient_id, old.patient_id)
    union all
    select user_id, 'providerName'
    from visitnow.providers
    where id = coalesce(new.provider_id, old.provider_id)
  ) as side (user_id, known)
  -- Who asks for an appointment is told that it was understood; of all else only the other side must hear.
  where new.status = 'requested' and not moved
    or side.user_id is distinct from base.actor();
  return null;
end
$$;
comment on function visitnow.tell_of_appointment() is
  'After an appointment was booked or moved: tells who did not do it, and who asks for it that it was understood.';

create trigger appointments_told
after insert or update of status, slot_id on visitnow.appointments
for each row execute function visitnow.tell_of_appointment();

create function visitnow.tell_of_offer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform visitnow.notify(
    patients.user_id,
    'waitlist.offered',
    jsonb_build_object(
      'waitlistId', new.held_for_id,
      'start', new.start_at,
      'end', new.end_at,
      'channel', new.mode,
      'heldUntil', new.held_until,
      'timeZone', clinics.time_zone,
      'clinicName', clinics.name,
      'providerName', providers.display_name),
    new.held_until)
  from visitnow.waitlist
  join visitnow.patients on patients.id = waitlist.patient_id
  join visitnow.providers on providers.id = new.provider_id
  join visitnow.clinics on clinics.id = new.clinic_id
  where waitlist.id = new.held_for_id;
  return null;
end
$$;
comment on function visitnow.tell_of_offer() is
  'After a slot is held for somebody who waits: tells them, for as long as it is.';

create trigger slots_told
after update of held_for_id on visitnow.slots
for each row when (new.held_for_id is not null and new.held_for_id is distinct from old.held_for_id)
execute function visitnow.tell_of_offer();

create function visitnow.forget_offer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from visitnow.notifications
  using visitnow.patients
  where patients.id = new.patient_id
    and notifications.user_id = patients.user_id
    and notifications.template_key = 'waitlist.offered'
    and notifications.meta ->> 'waitlistId' = new.id::text;
  return null;
end
$$;
comment on function visitnow.forget_offer() is
  'After an offer was accepted, declined or ran out: nobody is told of it any more.';

create trigger waitlist_told
after update of status on visitnow.waitlist
for each row when (old.status = 'offered' and new.status <> 'offered') execute function visitnow.forget_offer();

create function visitnow.tell_of_message() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- One is enough until it is read.
  perform visitnow.notify(
    case when new.from_patient then providers.user_id else patients.user_id end,
    'message.received',
    jsonb_build_object(
      'conversationId', conversations.id,
      'providerName', case when not new.from_patient then providers.display_name end))
  from visitnow.conversations
  join visitnow.providers on providers.id = conversations.provider_id
  join visitnow.patients on patients.id = conversations.patient_id
  where conversations.id = new.conversation_id
    and 1 = case when new.from_patient then unread_count_provider else unread_count_patient end;
  return null;
end
$$;
comment on function visitnow.tell_of_message() is
  'After the first message that the other side has not read: tells them.';

-- After messages_sent has counted it: triggers fire in the order of their names.
create trigger messages_told
after insert on visitnow.messages
for each row when (new.read_at is null) execute function visitnow.tell_of_message();

create function visitnow.tell_of_credential() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform visitnow.notify(
    user_id, 'credential.' || new.status, jsonb_build_object('credentialId', new.id, 'type', new.type))
  from visitnow.providers
  where id = new.provider_id;
  return null;
end
$$;
comment on function visitnow.tell_of_credential() is
  'After a credential was decided on, or expired: tells the provider.';

create trigger credentials_told
after update of status on visitnow.credentials
for each row execute function visitnow.tell_of_credential();

create function visitnow.tell_of_provider() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform visitnow.notify(new.user_id, 'provider.' || new.status, jsonb_build_object('providerId', new.id));
  return null;
end
$$;
comment on function visitnow.tell_of_provider() is 'After a provider was activated or suspended: tells them.';

create trigger providers_told
after update of status on visitnow.providers
for each row execute function visitnow.tell_of_provider();

create sequence visitnow.ticket_numbers;
comment on sequence visitnow.ticket_numbers is 'Numbers of tickets; gaps are of no consequence.';
grant usage on sequence visitnow.ticket_numbers to trellis_app;

create function visitnow.next_ticket_number() returns text
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  return to_char(now() at time zone 'UTC', '"VN-"YYYY-') || lpad(nextval('visitnow.ticket_numbers')::text, 6, '0');
end
$$;
comment on function visitnow.next_ticket_number() is 'A number for a new ticket, such as VN-2026-000123.';
grant execute on function visitnow.next_ticket_number() to trellis_app;

create table visitnow.tickets (
  id uuid not null default base.uuid_v7(),
  ticket_number text not null default visitnow.next_ticket_number(),
  category visitnow.ticket_category not null,
  priority visitnow.ticket_priority not null default 'normal',
  status visitnow.ticket_status not null default 'open',
  subject base.line not null,
  description base.prose not null,
  appointment_id uuid,
  assigned_to_id uuid,
  events base.json_array not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tickets_pkey primary key (id),
  constraint tickets_ticket_number_key unique (ticket_number),
  constraint tickets_appointment_id_fkey foreign key (appointment_id)
    references visitnow.appointments (id) on delete set null,
  constraint tickets_assigned_to_id_fkey foreign key (assigned_to_id)
    references identity.users (id) on delete set null,
  constraint tickets_ticket_number_check check (ticket_number ~ '^VN-[0-9]{4}-[0-9]{6,}$'),
  constraint tickets_description_check check (description <> ''),
  constraint tickets_events_check check (jsonb_array_length(events) <= 500)
);

comment on table visitnow.tickets is
  'Something that went wrong, of which the administrators take care. It goes with the account of its last participant.';
comment on column visitnow.tickets.id is 'The ticket.';
comment on column visitnow.tickets.ticket_number is 'What people call it: VN-2026-000123; unique.';
comment on column visitnow.tickets.category is 'What it is about.';
comment on column visitnow.tickets.priority is 'How pressing it is; said by administrators.';
comment on column visitnow.tickets.status is 'How far it has come; follows visitnow.ticket_moves().';
comment on column visitnow.tickets.subject is 'What is wrong, in a line.';
comment on column visitnow.tickets.description is 'What is wrong: 1 to 10,000 characters.';
comment on column visitnow.tickets.appointment_id is 'The appointment that it is about; null: none.';
comment on column visitnow.tickets.assigned_to_id is
  'The administrator who takes care of it; null: nobody, or their account is gone.';
comment on column visitnow.tickets.events is
  'What happened to it, oldest first: a JSON array of at most 500 objects of at, by (customer, support, system), type (opened, status, '
  'priority, assigned, comment), from, to, note.';
comment on column visitnow.tickets.created_at is 'When it was opened.';
comment on column visitnow.tickets.updated_at is 'When the row last changed; strictly increasing.';

create index tickets_status_priority_idx on visitnow.tickets (status, priority, id);
create index tickets_ticket_number_idx on visitnow.tickets (ticket_number text_pattern_ops);
create index tickets_appointment_id_idx on visitnow.tickets (appointment_id) where appointment_id is not null;
create index tickets_assigned_to_id_id_idx on visitnow.tickets (assigned_to_id, id) where assigned_to_id is not null;

create table visitnow.ticket_participants (
  ticket_id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  constraint ticket_participants_pkey primary key (user_id, ticket_id),
  constraint ticket_participants_ticket_id_fkey foreign key (ticket_id)
    references visitnow.tickets (id) on delete cascade,
  constraint ticket_participants_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade
);

comment on table visitnow.ticket_participants is 'Who follows a ticket: who opened it, and whom it concerns.';
comment on column visitnow.ticket_participants.ticket_id is 'The ticket.';
comment on column visitnow.ticket_participants.user_id is 'Who follows it.';
comment on column visitnow.ticket_participants.created_at is 'Since when.';

create index ticket_participants_ticket_id_idx on visitnow.ticket_participants (ticket_id);

create function visitnow.ticket_moves(ticket visitnow.tickets, actor uuid) returns visitnow.ticket_status[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if actor is null or identity.has_role(actor, 'visitnow', 'admin') then
    return case ticket.status
      when 'open' then '{in_progress,waiting_on_customer,resolved,closed}'
      when 'in_progress' then '{waiting_on_customer,resolved,open}'
      when 'waiting_on_customer' then '{in_progress,resolved,closed}'
      when 'resolved' then '{closed,open}'
      when 'closed' then '{}'
    end::visitnow.ticket_status[];
  end if;
  return case ticket.status
    when 'waiting_on_customer' then '{in_progress,closed}'
    when 'resolved' then '{open,closed}'
    when 'closed' then '{}'
    else '{closed}'
  end::visitnow.ticket_status[];
end
$$;
comment on function visitnow.ticket_moves(visitnow.tickets, uuid) is
  'The statuses that this actor may move a ticket to: administrators work on it; its participants answer, reopen what is not '
  'resolved, and close it.';
grant execute on function visitnow.ticket_moves(visitnow.tickets, uuid) to trellis_app, trellis_readonly;

create function visitnow.add_events() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  every constant jsonb := jsonb_build_object(
    'at', clock_timestamp(),
    'by', case
      when base.actor() is null then 'system'
      when identity.has_role(base.actor(), 'visitnow', 'admin') then 'support'
      else 'customer'
    end,
    'note', base.note());
  happened jsonb[];
  -- The last hundred are for moves: a ticket that was talked about at length can still be closed.
  room integer := 500;
begin
  if tg_op = 'INSERT' then
    happened := array[jsonb_build_object('type', 'opened', 'to', new.status)];
  else
    happened := array_remove(
      array[
        case when new.status <> old.status
          then jsonb_build_object('type', 'status', 'from', old.status, 'to', new.status) end,
        case when new.priority <> old.priority
          then jsonb_build_object('type', 'priority', 'from', old.priority, 'to', new.priority) end,
        case when new.assigned_to_id is distinct from old.assigned_to_id
          then jsonb_build_object('type', 'assigned') end
      ],
      null);
    if happened = '{}' and base.note() is not null then
      if old.status = 'closed' then
        raise exception 'a closed ticket takes no more comments'
          using errcode = 'TR409',
            schema = 'visitnow', table = 'tickets', column = 'events', constraint = 'tickets_comments_over';
      end if;
      happened := array[jsonb_build_object('type', 'comment')];
      room := 400;
    end if;
  end if;
  if jsonb_array_length(new.events) + cardinality(happened) > room then
    -- What follows from somebody's leaving is never in its way.
    if pg_trigger_depth() > 1 then
      return new;
    end if;
    raise exception 'this ticket has so many events that it takes no more; open another'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'tickets', column = 'events', constraint = 'tickets_events_room';
  end if;
  select new.events || coalesce(jsonb_agg(every || event order by place), '[]')
  into new.events
  from unnest(happened) with ordinality as news (event, place);
  return new;
end
$$;
comment on function visitnow.add_events() is
  'Before a ticket is opened or changed: writes down what happened, by which side, and what was said. Nobody is named, so nobody '
  'is left when they are gone. Refuses comments on a closed ticket, and beyond 400 events; all else beyond 500 (TR409).';

create function visitnow.require_part() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  actor constant uuid := base.actor();
begin
  if actor is not null and not exists (
    select
    from visitnow.appointments
    left join visitnow.patients on patients.id = appointments.patient_id
    where appointments.id = new.appointment_id
      and (
        patients.user_id = actor
        or visitnow.acts_for(actor, appointments.provider_id, 'appointments:write')
        or identity.has_role(actor, 'visitnow', 'admin'))
  ) then
    raise exception 'must be an appointment of yours'
      using errcode = 'check_violation',
        schema = 'visitnow', table = 'tickets', column = 'appointment_id',
        constraint = 'tickets_appointment_id_part_check';
  end if;
  return new;
end
$$;
comment on function visitnow.require_part() is
  'Before a ticket names an appointment: who names it must have a part in it, or be an administrator.';

create function visitnow.tell_of_ticket() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform visitnow.notify(
    user_id, 'ticket.' || new.status, jsonb_build_object('ticketId', new.id, 'ticketNumber', new.ticket_number))
  from visitnow.ticket_participants
  where ticket_id = new.id
    and user_id is distinct from base.actor();
  return null;
end
$$;
comment on function visitnow.tell_of_ticket() is 'After a ticket moved: tells those who follow it and did not move it.';

create trigger tickets_appointment_id_part
before insert or update of appointment_id on visitnow.tickets
for each row when (new.appointment_id is not null) execute function visitnow.require_part();
create trigger tickets_assigned_to_id_role
before insert or update of assigned_to_id on visitnow.tickets
for each row when (new.assigned_to_id is not null)
execute function identity.require_role('assigned_to_id', 'admin');
create trigger tickets_kept
before update of category, priority, subject, description, appointment_id, assigned_to_id on visitnow.tickets
for each row when (old.status = 'closed' and pg_trigger_depth() = 0)
execute function base.refuse_change('a closed ticket stays as it is');
create trigger tickets_status_flow
before update of status on visitnow.tickets
for each row execute function base.check_move('a ticket', 'visitnow.ticket_moves($1, $2)');
-- After the flow: triggers fire in the order of their names.
create trigger tickets_taken_down
before insert or update on visitnow.tickets
for each row execute function visitnow.add_events();
create trigger tickets_touch
before update on visitnow.tickets
for each row execute function base.touch_updated_at();
create trigger tickets_told
after update of status on visitnow.tickets
for each row execute function visitnow.tell_of_ticket();
select audit.attach('visitnow.tickets');

create function visitnow.delete_unfollowed() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The lock makes two who leave at once see each other go.
  perform from visitnow.tickets where id = old.ticket_id for update;
  delete from visitnow.tickets
  where id = old.ticket_id
    and not exists (select from visitnow.ticket_participants where ticket_id = old.ticket_id);
  if not found then
    update visitnow.tickets
    set events = events
    where id = old.ticket_id;
  end if;
  return null;
end
$$;
comment on function visitnow.delete_unfollowed() is
  'After somebody stopped following a ticket: deletes it if nobody is left, for its words were theirs; otherwise it is another '
  'version of it, for it names who follows it.';

create trigger ticket_participants_user_id_active
before insert on visitnow.ticket_participants
for each row when (new.user_id is distinct from base.actor()) execute function identity.require_active('user_id');
create trigger ticket_participants_left
after delete on visitnow.ticket_participants
for each row execute function visitnow.delete_unfollowed();
select audit.attach('visitnow.ticket_participants');

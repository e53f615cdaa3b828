-- When providers are there, what of it is taken, and by whom.
--
-- A slot is taken by the appointment that is made for it, in a trigger, and freed by the same: whoever writes, by hand
-- too, cannot take it twice or lose it. Everybody locks in this order, so that nobody waits in a circle: appointments, the
-- patient's turn (visitnow.take_turn()), waitlist entries, the provider (shared), slots; several of the first by their ids.
-- Waiting entries are looked for past those that somebody else holds, and nobody waits for what is just being deleted:
-- whoever deletes it has locked it first of all.

create type visitnow.slot_status as enum ('open', 'held', 'booked', 'blocked');
comment on type visitnow.slot_status is 'Whether a slot is free.';

create type visitnow.appointment_status as enum (
  'requested', 'confirmed', 'checked_in', 'in_progress', 'completed', 'cancelled', 'no_show');
comment on type visitnow.appointment_status is 'How far an appointment has come.';

create type visitnow.waitlist_status as enum ('waiting', 'offered', 'booked', 'expired', 'cancelled');
comment on type visitnow.waitlist_status is 'What has become of somebody who waits.';

create table visitnow.availability_templates (
  id uuid not null default base.uuid_v7(),
  provider_id uuid not null,
  clinic_id uuid not null,
  slot_duration integer not null,
  buffer_minutes integer not null default 0,
  slots base.json_array not null default '[]',
  effective_from date,
  effective_to date,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint availability_templates_pkey primary key (id),
  constraint availability_templates_provider_id_id_key unique (provider_id, id),
  constraint availability_templates_provider_id_fkey foreign key (provider_id)
    references visitnow.providers (id) on delete cascade,
  constraint availability_templates_clinic_id_fkey foreign key (provider_id, clinic_id)
    references visitnow.clinics (provider_id, id) on delete cascade,
  constraint availability_templates_slot_duration_check check (slot_duration between 5 and 480),
  constraint availability_templates_buffer_minutes_check check (buffer_minutes between 0 and 240),
  constraint availability_templates_slots_check check (
    jsonb_array_length(slots) <= 100
    and jsonb_array_length(slots) = jsonb_array_length(jsonb_path_query_array(slots,
      'strict $[*] ? (@.type() == "object" && @.start < @."end"
        && @.weekday like_regex "^(mon|tues|wednes|thurs|fri|satur|sun)day$"
        && @.mode like_regex "^(in_person|video|phone)$"
        && @.start like_regex "^([01][0-9]|2[0-3]):[0-5][0-9]$"
        && @."end" like_regex "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")'))),
  constraint availability_templates_effective_to_check check (
    effective_to >= effective_from and isfinite(effective_from) and isfinite(effective_to))
);

comment on table visitnow.availability_templates is 'The weekly hours of a provider in a clinic, from which slots are made.';
comment on column visitnow.availability_templates.id is 'The template.';
comment on column visitnow.availability_templates.provider_id is 'Whose hours.';
comment on column visitnow.availability_templates.clinic_id is 'Where; the hours are meant in its time zone.';
comment on column visitnow.availability_templates.slot_duration is 'How long a slot is, 5 to 480 minutes.';
comment on column visitnow.availability_templates.buffer_minutes is 'The pause after each slot, 0 to 240 minutes.';
comment on column visitnow.availability_templates.slots is
  'The hours: a JSON array of at most 100 objects of weekday (monday, …), start and end (HH:MM, the end up to 24:00), mode.';
comment on column visitnow.availability_templates.effective_from is 'The first day on which they count; null: since ever.';
comment on column visitnow.availability_templates.effective_to is 'The last day on which they count; null: for ever.';
comment on column visitnow.availability_templates.is_active is 'Whether slots are made from it.';
comment on column visitnow.availability_templates.created_at is 'When it was made.';
comment on column visitnow.availability_templates.updated_at is 'When the row last changed; strictly increasing.';

create index availability_templates_provider_id_clinic_id_idx
  on visitnow.availability_templates (provider_id, clinic_id);

create trigger availability_templates_permission
before insert on visitnow.availability_templates
for each row execute function visitnow.require_permission('availability:write');
create trigger availability_templates_place
before update of provider_id on visitnow.availability_templates
for each row when (old.provider_id <> new.provider_id)
execute function base.refuse_change('a template stays with its provider');
create trigger availability_templates_touch
before update on visitnow.availability_templates
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.availability_templates');

create function visitnow.instant(local timestamp, zone text) returns timestamptz
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- By the offset of the day before, which counts until the clocks change.
  early constant timestamptz := ((local - interval '1 day') at time zone zone) + interval '24 hours';
begin
  return case when early at time zone zone = local then early else local at time zone zone end;
end
$$;
comment on function visitnow.instant(timestamp, text) is
  'When it is this local time. One that comes twice is meant the first time; one that is skipped is meant as long after '
  'midnight as if it were not (RFC 5545, section 3.3.5).';
grant execute on function visitnow.instant(timestamp, text) to trellis_app, trellis_readonly;

create function visitnow.template_slots(template visitnow.availability_templates, first date, last date)
returns table (start_at timestamptz, end_at timestamptz, mode visitnow.visit_mode)
language sql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select slot.start_at, slot.start_at + make_interval(mins => template.slot_duration), period.mode
  from visitnow.clinics
  cross join generate_series(
    greatest(first, template.effective_from)::timestamp, least(last, template.effective_to)::timestamp, '1 day') as day
  cross join jsonb_to_recordset(template.slots) as period (
    weekday text, start interval, "end" interval, mode visitnow.visit_mode)
  cross join lateral generate_series(
    visitnow.instant(day + period.start, clinics.time_zone),
    visitnow.instant(day + period."end", clinics.time_zone) - make_interval(mins => template.slot_duration),
    make_interval(mins => template.slot_duration + template.buffer_minutes)) as slot (start_at)
  where clinics.id = template.clinic_id
    and template.is_active
    and period.weekday = (
      '{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[])[extract(isodow from day)]
$$;
comment on function visitnow.template_slots(visitnow.availability_templates, date, date) is
  'The slots that a template gives from one local day to another: as many as fit between the hours in real time, so a day on '
  'which the clocks change has as much more or less as it is longer or shorter.';
grant execute on function visitnow.template_slots(visitnow.availability_templates, date, date)
  to trellis_app, trellis_readonly;

create table visitnow.waitlist (
  id uuid not null default base.uuid_v7(),
  patient_id uuid not null,
  provider_id uuid not null,
  desired_range tstzrange not null,
  status visitnow.waitlist_status not null default 'waiting',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint waitlist_pkey primary key (id),
  constraint waitlist_patient_id_fkey foreign key (patient_id)
    references visitnow.patients (id) on delete cascade,
  constraint waitlist_provider_id_fkey foreign key (provider_id)
    references visitnow.providers (id) on delete cascade,
  constraint waitlist_desired_range_check check (
    not isempty(desired_range) and lower_inc(desired_range) and not upper_inc(desired_range)
    and isfinite(lower(desired_range)) and isfinite(upper(desired_range))
    and upper(desired_range) - lower(desired_range) <= interval '366 days')
);

comment on table visitnow.waitlist is 'Patients who wait for a slot of a provider to be freed, in the order in which they came.';
comment on column visitnow.waitlist.id is 'The entry; time-ordered, which is the order of the list.';
comment on column visitnow.waitlist.patient_id is 'Who waits; once at a time for the same provider.';
comment on column visitnow.waitlist.provider_id is 'For whom.';
comment on column visitnow.waitlist.desired_range is
  'Within which time the slot must be; the end is not part of it. At most 366 days.';
comment on column visitnow.waitlist.status is 'What has become of it; follows visitnow.waitlist_moves().';
comment on column visitnow.waitlist.created_at is 'Since when they wait.';
comment on column visitnow.waitlist.updated_at is 'When the row last changed; strictly increasing.';

create unique index waitlist_patient_id_provider_id_key on visitnow.waitlist (patient_id, provider_id)
  where status in ('waiting', 'offered');
create index waitlist_patient_id_id_idx on visitnow.waitlist (patient_id, id);
create index waitlist_provider_id_id_idx on visitnow.waitlist (provider_id, id);
create index waitlist_provider_id_status_idx on visitnow.waitlist (provider_id, status, id);
create index waitlist_over_idx on visitnow.waitlist ((upper(desired_range))) where status = 'waiting';

create table visitnow.slots (
  id uuid not null default base.uuid_v7(),
  provider_id uuid not null,
  clinic_id uuid not null,
  template_id uuid,
  start_at timestamptz not null,
  end_at timestamptz not null,
  mode visitnow.visit_mode not null,
  status visitnow.slot_status not null default 'open',
  held_until timestamptz,
  held_for_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint slots_pkey primary key (id),
  constraint slots_provider_id_id_key unique (provider_id, id),
  constraint slots_held_for_id_key unique (held_for_id),
  constraint slots_provider_id_fkey foreign key (provider_id)
    references visitnow.providers (id) on delete cascade,
  constraint slots_clinic_id_fkey foreign key (provider_id, clinic_id)
    references visitnow.clinics (provider_id, id) on delete cascade,
  constraint slots_template_id_fkey foreign key (provider_id, template_id)
    references visitnow.availability_templates (provider_id, id) on delete set null (template_id),
  constraint slots_held_for_id_fkey foreign key (held_for_id)
    references visitnow.waitlist (id) on delete restrict,
  constraint slots_end_at_check check (
    isfinite(start_at) and isfinite(end_at) and end_at > start_at and end_at - start_at <= interval '8 hours'),
  constraint slots_held_until_check check ((status = 'held') = (held_until is not null)),
  constraint slots_held_for_id_check check ((status = 'held') = (held_for_id is not null)),
  constraint slots_provider_id_excl exclude using gist (
    provider_id extensions.gist_uuid_ops with =, tstzrange(start_at, end_at) with &&)
);

comment on table visitnow.slots is 'When a provider is there to be booked; no two of a provider''s overlap.';
comment on column visitnow.slots.id is 'The slot.';
comment on column visitnow.slots.provider_id is 'Whose it is.';
comment on column visitnow.slots.clinic_id is 'Where.';
comment on column visitnow.slots.template_id is 'The template that it was made from; null: by hand, or the template is gone.';
comment on column visitnow.slots.start_at is 'When it begins; start in JSON.';
comment on column visitnow.slots.end_at is 'When it ends, at most 8 hours later; end in JSON.';
comment on column visitnow.slots.mode is 'How patient and provider meet.';
comment on column visitnow.slots.status is
  'Whether it is free: booked by an appointment that is not cancelled, held for somebody of the waitlist, blocked by the '
  'provider. Set by appointments and the waitlist; only open and blocked are anybody''s to choose.';
comment on column visitnow.slots.held_until is 'Until when it is held; there exactly while it is.';
comment on column visitnow.slots.held_for_id is 'For whom it is held, an offered entry of the waitlist; there exactly while it is.';
comment on column visitnow.slots.created_at is 'When it was made.';
comment on column visitnow.slots.updated_at is 'When the row last changed; strictly increasing.';

create index slots_provider_id_start_at_idx on visitnow.slots (provider_id, start_at);
create index slots_open_idx on visitnow.slots (provider_id, mode, start_at) where status = 'open';
-- Who has something open at a time at which few have.
create index slots_soon_idx on visitnow.slots (mode, start_at, provider_id) where status = 'open';
create index slots_provider_id_clinic_id_idx on visitnow.slots (provider_id, clinic_id);
create index slots_provider_id_template_id_idx on visitnow.slots (provider_id, template_id);
create index slots_held_until_idx on visitnow.slots (held_until) where status = 'held';

create table visitnow.appointments (
  id uuid not null default base.uuid_v7(),
  patient_id uuid,
  dependant_id uuid,
  provider_id uuid,
  clinic_id uuid,
  service_id uuid,
  slot_id uuid,
  scheduled_start timestamptz not null,
  scheduled_end timestamptz not null,
  status visitnow.appointment_status not null default 'requested',
  channel visitnow.visit_mode not null,
  reason base.prose,
  notes base.long_text,
  timeline base.json_array not null default '[]',
  rating integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint appointments_pkey primary key (id),
  constraint appointments_patient_id_fkey foreign key (patient_id)
    references visitnow.patients (id) on delete set null,
  constraint appointments_dependant_id_fkey foreign key (patient_id, dependant_id)
    references visitnow.dependants (patient_id, id) on delete set null (dependant_id),
  constraint appointments_provider_id_fkey foreign key (provider_id)
    references visitnow.providers (id) on delete set null,
  constraint appointments_clinic_id_fkey foreign key (provider_id, clinic_id)
    references visitnow.clinics (provider_id, id) on delete set null (clinic_id),
  constraint appointments_service_id_fkey foreign key (provider_id, service_id)
    references visitnow.services (provider_id, id) on delete set null (service_id),
  constraint appointments_slot_id_fkey foreign key (provider_id, slot_id)
    references visitnow.slots (provider_id, id) on delete set null (slot_id),
  constraint appointments_scheduled_end_check check (
    isfinite(scheduled_start) and isfinite(scheduled_end) and scheduled_end > scheduled_start),
  constraint appointments_timeline_check check (jsonb_array_length(timeline) <= 200),
  constraint appointments_rating_check check (rating between 1 and 5),
  constraint appointments_rating_status_check check (rating is null or status = 'completed'),
  constraint appointments_provider_id_excl exclude using gist (
    provider_id extensions.gist_uuid_ops with =, tstzrange(scheduled_start, scheduled_end) with &&)
    where (status in ('requested', 'confirmed', 'checked_in', 'in_progress')),
  constraint appointments_patient_id_excl exclude using gist (
    coalesce(dependant_id, patient_id) extensions.gist_uuid_ops with =,
    tstzrange(scheduled_start, scheduled_end) with &&)
    where (status in ('requested', 'confirmed', 'checked_in', 'in_progress'))
);

comment on table visitnow.appointments is
  'A visit of a patient, or of somebody they take care of, with a provider. While it is live (requested, confirmed, checked in, '
  'in progress), neither the provider nor the person treated has another at the time. When the account of either goes, the other '
  'keeps the fact: when it was, and what became of it.';
comment on column visitnow.appointments.id is 'The appointment.';
comment on column visitnow.appointments.patient_id is 'The patient; null: their account is gone.';
comment on column visitnow.appointments.dependant_id is
  'Who is treated, if not the patient; null, too, when that record is gone.';
comment on column visitnow.appointments.provider_id is 'The provider; null: their account is gone.';
comment on column visitnow.appointments.clinic_id is 'Where; null: the clinic is gone.';
comment on column visitnow.appointments.service_id is 'What is done; null: nothing of the list, or it is gone.';
comment on column visitnow.appointments.slot_id is
  'The slot that it takes, or took before it was cancelled; null: none, or the slot is gone.';
comment on column visitnow.appointments.scheduled_start is 'When it begins, as the slot does.';
comment on column visitnow.appointments.scheduled_end is 'When it ends, as the slot does.';
comment on column visitnow.appointments.status is 'How far it has come; follows visitnow.appointment_moves().';
comment on column visitnow.appointments.channel is 'How patient and provider meet, as the slot says.';
comment on column visitnow.appointments.reason is 'Why the patient comes, in their words.';
comment on column visitnow.appointments.notes is
  'The provider''s notes on the consultation; read by the patient, and by the provider while they treat them.';
comment on column visitnow.appointments.timeline is
  'Every move, oldest first: a JSON array of at most 200 objects of at, by (patient, provider, staff, system), from, to, note.';
comment on column visitnow.appointments.rating is 'How good it was to the patient, 1 (worst) to 5; null: they have not said.';
comment on column visitnow.appointments.created_at is 'When it was booked.';
comment on column visitnow.appointments.updated_at is 'When the row last changed; strictly increasing.';

create index appointments_provider_id_scheduled_start_idx
  on visitnow.appointments (provider_id, scheduled_start, id);
create index appointments_patient_id_scheduled_start_idx
  on visitnow.appointments (patient_id, scheduled_start, id);
create index appointments_patient_id_dependant_id_idx on visitnow.appointments (patient_id, dependant_id);
create index appointments_dependant_id_idx on visitnow.appointments (dependant_id) where dependant_id is not null;
create index appointments_provider_id_patient_id_idx
  on visitnow.appointments (provider_id, patient_id, scheduled_end);
create index appointments_provider_id_clinic_id_idx on visitnow.appointments (provider_id, clinic_id);
create index appointments_provider_id_service_id_idx on visitnow.appointments (provider_id, service_id);
create index appointments_provider_id_slot_id_idx on visitnow.appointments (provider_id, slot_id);
create unique index appointments_slot_id_key on visitnow.appointments (slot_id) where status <> 'cancelled';

-- Who reads what.

create function visitnow.treated_by(actor uuid, patient uuid) returns uuid[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    select distinct coalesce(appointments.dependant_id, appointments.patient_id)
    from visitnow.providers
    join visitnow.appointments on appointments.provider_id = providers.id
    where providers.user_id = actor
      and providers.status = 'active'
      and appointments.patient_id = patient
      and appointments.scheduled_end > now() - interval '90 days'
      and appointments.status <> 'cancelled'
      and identity.has_role(actor, 'visitnow', 'doctor'));
end
$$;
comment on function visitnow.treated_by(uuid, uuid) is
  'Whom of a patient and those they take care of somebody treats: an active provider, by an appointment that is not cancelled and '
  'is to come or ended in the past 90 days. Only of them does a provider see what is known of their health, and writes notes; '
  'staff never do.';
grant execute on function visitnow.treated_by(uuid, uuid) to trellis_app, trellis_readonly;

create function visitnow.treats(actor uuid, patient uuid) returns boolean
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return visitnow.treated_by(actor, patient) <> '{}';
end
$$;
comment on function visitnow.treats(uuid, uuid) is
  'Whether somebody treats a patient, or anybody whom they take care of; see visitnow.treated_by().';
grant execute on function visitnow.treats(uuid, uuid) to trellis_app, trellis_readonly;

-- What an appointment does.

create function base.note() returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return nullif(current_setting('trellis.note', true), '');
end
$$;
comment on function base.note() is
  'What the actor says to the change that they make, out of the setting trellis.note; null: nothing.';
grant execute on function base.note() to trellis_app;

create function visitnow.appointment_moves(appointment visitnow.appointments, actor uuid)
returns visitnow.appointment_status[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- By hand in psql nobody acts: then both sides count.
  as_patient constant boolean := actor is null or exists (
    select from visitnow.patients where id = appointment.patient_id and user_id = actor);
  as_practice constant boolean :=
    coalesce(visitnow.acts_for(actor, appointment.provider_id, 'appointments:write'), actor is null);
  -- Whoever practises no more closes what is open, and begins nothing.
  practises constant boolean := as_practice and visitnow.practises(appointment.provider_id);
  begun constant boolean := now() >= appointment.scheduled_start;
begin
  return array_remove(
    array[
      case
        when appointment.status = 'requested' and practises and now() < appointment.scheduled_end
        then 'confirmed'
      end,
      case
        when appointment.status = 'confirmed' and (as_practice or as_patient)
          and now() >= appointment.scheduled_start - interval '1 day'
        then 'checked_in'
      end,
      case
        when appointment.status = 'checked_in' and practises
          and now() >= appointment.scheduled_start - interval '1 hour'
        then 'in_progress'
      end,
      case when appointment.status = 'in_progress' and as_practice then 'completed' end,
      case
        when appointment.status in ('requested', 'confirmed', 'checked_in')
          and (as_practice or as_patient and not begun)
        then 'cancelled'
      end,
      case
        when appointment.status in ('requested', 'confirmed', 'checked_in') and as_practice and begun
        then 'no_show'
      end
    ]::visitnow.appointment_status[],
    null);
end
$$;
comment on function visitnow.appointment_moves(visitnow.appointments, uuid) is
  'The statuses that this actor may move an appointment to, now: the practice confirms it until it is over, begins it from an hour '
  'before the start, completes it; either side checks the patient in from a day before; the patient cancels before the start, the '
  'practice until it begins; who does not come by the start is a no-show.';
grant execute on function visitnow.appointment_moves(visitnow.appointments, uuid) to trellis_app, trellis_readonly;

create function visitnow.expire_hold(slot uuid default null) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  entry uuid;
begin
  update visitnow.waitlist
  set status = 'expired'
  where id = (
    select waitlist.id
    from visitnow.slots
    join visitnow.waitlist on waitlist.id = slots.held_for_id
    where slots.status = 'held'
      and slots.held_until <= clock_timestamp()
      and case when slot is null then true else slots.id = slot end
      and waitlist.status = 'offered'
    order by slots.held_until
    limit 1
    for update of waitlist skip locked)
  returning id
  into entry;
  return entry;
end
$$;
comment on function visitnow.expire_hold(uuid) is
  'Ends the hold that has been over longest, or that of this slot if it is over, and thereby offers the slot to the next who '
  'waits; returns whose hold it was. Passes by what somebody is just about to accept.';
grant execute on function visitnow.expire_hold(uuid) to trellis_app;

create function visitnow.take_turn(patient uuid) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('visitnow.appointments of ' || patient, 0));
  return patient;
end
$$;
comment on function visitnow.take_turn(uuid) is
  'Waits until nobody else makes or moves an appointment of this patient''s, and keeps the others waiting until the transaction '
  'ends; returns the patient. Two that overlap would otherwise wait for each other in the exclusion constraint.';
grant execute on function visitnow.take_turn(uuid) to trellis_app;

create function visitnow.line_up() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform visitnow.take_turn(new.patient_id);
  if tg_op = 'UPDATE' then
    return new;
  end if;
  perform
  from visitnow.patients
  where id = new.patient_id
  for key share skip locked;
  if not found and new.patient_id is not null then
    raise exception 'this patient''s record is being erased'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'appointments', column = 'patient_id', constraint = 'appointments_patient_there';
  end if;
  perform
  from visitnow.dependants
  where id = new.dependant_id
    and patient_id = new.patient_id
  for key share skip locked;
  if not found and new.dependant_id is not null then
    raise exception 'no dependant of this patient'
      using errcode = 'foreign_key_violation',
        schema = 'visitnow', table = 'appointments', constraint = 'appointments_dependant_id_fkey';
  end if;
  perform
  from visitnow.services
  where id = new.service_id
    and provider_id = new.provider_id
  for key share skip locked;
  -- Of a slot that is not there no provider is known; what is wrong is then the slot.
  if not found and new.service_id is not null and new.provider_id is not null then
    raise exception 'no service of this provider'
      using errcode = 'foreign_key_violation',
        schema = 'visitnow', table = 'appointments', constraint = 'appointments_service_id_fkey';
  end if;
  return new;
end
$$;
comment on function visitnow.line_up() is
  'Before a live appointment is made or changed: waits for the patient''s turn. What a new one names must be there, and is kept; '
  'what is just being deleted is not there.';

create function visitnow.keep_slot(slot uuid) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform
  from visitnow.slots
  join visitnow.clinics on clinics.id = slots.clinic_id
  join visitnow.providers on providers.id = slots.provider_id
  where slots.id = slot
  for key share of clinics, providers skip locked;
  if not found then
    return false;
  end if;
  perform
  from visitnow.availability_templates
  where id = (select template_id from visitnow.slots where id = slot)
  for key share skip locked;
  return found or exists (select from visitnow.slots where id = slot and template_id is null);
end
$$;
comment on function visitnow.keep_slot(uuid) is
  'Keeps what a slot belongs to from being deleted until the transaction ends; false where it is just being deleted. The '
  'foreign keys would otherwise ask for it once the slot is locked, which whoever deletes it waits for.';
grant execute on function visitnow.keep_slot(uuid) to trellis_app;

create function visitnow.refuse_self(patient uuid, provider uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (select user_id from visitnow.patients where id = patient)
    = (select user_id from visitnow.providers where id = provider)
  then
    raise exception 'nobody is their own patient'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'appointments', column = 'provider_id', constraint = 'appointments_other';
  end if;
end
$$;
comment on function visitnow.refuse_self(uuid, uuid) is
  'Before somebody books, or waits: refuses it (TR409) where they are the provider themselves, who would rate themselves.';
grant execute on function visitnow.refuse_self(uuid, uuid) to trellis_app;

create function visitnow.take_slot() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  entry uuid;
begin
  if not exists (select from visitnow.slots where id = new.slot_id and provider_id = new.provider_id) then
    raise exception 'no slot of this provider'
      using errcode = 'foreign_key_violation',
        schema = 'visitnow', table = 'appointments', constraint = 'appointments_slot_id_fkey';
  end if;
  if not visitnow.keep_slot(new.slot_id) then
    raise exception 'this slot is being deleted'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'appointments', column = 'slot_id', constraint = 'appointments_slot_there';
  end if;
  perform visitnow.refuse_self(new.patient_id, new.provider_id);
  select waitlist.id
  into entry
  from visitnow.slots
  join visitnow.waitlist on waitlist.id = slots.held_for_id
  where slots.id = new.slot_id
    and waitlist.patient_id = new.patient_id
  for update of waitlist;
  perform
  from visitnow.providers
  where id = new.provider_id
    and status = 'active'
  for share;
  if not found or not visitnow.practises(new.provider_id) then
    raise exception 'this provider takes no appointments at present'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'appointments', column = 'provider_id', constraint = 'appointments_acceptance';
  end if;
  if entry is null then
    perform visitnow.expire_hold(new.slot_id);
  end if;

  update visitnow.slots
  set status = 'booked', held_until = null, held_for_id = null
  where id = new.slot_id
    and provider_id = new.provider_id
    and start_at > clock_timestamp()
    and (status = 'open' or status = 'held' and held_for_id = entry and held_until > clock_timestamp())
  returning clinic_id, start_at, end_at, mode
  into new.clinic_id, new.scheduled_start, new.scheduled_end, new.channel;
  if not found then
    raise exception 'this slot is not free'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'appointments', column = 'slot_id', constraint = 'appointments_slot_free';
  end if;
  update visitnow.waitlist
  set status = 'booked'
  where id = entry
    and status = 'offered';
  return new;
end
$$;
comment on function visitnow.take_slot() is
  'Before an appointment is made for a slot, or moved to it: takes the slot, and its place and time, if it is free, or held for '
  'the patient; otherwise refuses (TR409).';

create function visitnow.check_service() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select
    from visitnow.services
    where id = new.service_id
      and provider_id = new.provider_id
      and not (
        is_active
        and mode = new.channel
        and make_interval(mins => duration_minutes) <= new.scheduled_end - new.scheduled_start)
  ) then
    raise exception 'must be a service on offer that fits the slot: its mode and its length'
      using errcode = 'check_violation',
        schema = 'visitnow', table = 'appointments',
        column = case tg_op when 'INSERT' then 'service_id' else 'slot_id' end,
        constraint = 'appointments_service_id_fits_check';
  end if;
  return new;
end
$$;
comment on function visitnow.check_service() is
  'Before an appointment is made, or moved: what is to be done must be on offer and fit the slot.';

create function visitnow.add_to_timeline() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  actor constant uuid := base.actor();
  rescheduled constant boolean :=
    tg_op = 'UPDATE' and new.slot_id is not null and new.slot_id is distinct from old.slot_id;
begin
  -- As when a slot of the past goes: nothing happened.
  if tg_op = 'UPDATE' and new.status = old.status and not rescheduled then
    return new;
  end if;
  new.timeline := new.timeline || jsonb_build_object(
    'at', clock_timestamp(),
    'by', case
      when actor is null then 'system'
      when exists (select from visitnow.patients where id = coalesce(new.patient_id, old.patient_id) and user_id = actor)
        then 'patient'
      when exists (select from visitnow.providers where id = coalesce(new.provider_id, old.provider_id) and user_id = actor)
        then 'provider'
      when visitnow.acts_for(actor, new.provider_id, 'appointments:write') then 'staff'
      else 'system'
    end,
    'from', case when tg_op = 'UPDATE' then old.status end,
    'to', new.status,
    'note', nullif(concat_ws(': ',
      case when rescheduled then 'moved from ' || to_char(old.scheduled_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') end,
      base.note()), ''));
  return new;
end
$$;
comment on function visitnow.add_to_timeline() is
  'Before an appointment is made or moved: writes down when, by which side, and what was said.';

create function visitnow.check_reschedule() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  refusal constant text := case
    when old.status not in ('requested', 'confirmed')
      then 'an appointment that is ' || replace(old.status::text, '_', ' ') || ' is not moved'
    when new.status <> old.status then 'an appointment is moved to another time or another status, not to both at once'
    when new.slot_id = old.slot_id then 'the appointment is at this time already'
    when now() >= old.scheduled_end then 'an appointment that is over is not moved; make another'
    when now() >= old.scheduled_start
      and not coalesce(visitnow.acts_for(base.actor(), old.provider_id, 'appointments:write'), true)
      then 'an appointment that has begun is moved by the practice alone'
    -- What is left of the timeline is for what becomes of it.
    when jsonb_array_length(old.timeline) >= 100
      then 'this appointment was moved so often that it is not moved again; cancel it, and make another'
  end;
begin
  if refusal is not null then
    raise exception '%', refusal
      using errcode = 'TR409',
        schema = 'visitnow', table = 'appointments', column = 'slot_id', constraint = 'appointments_reschedule';
  end if;
  return new;
end
$$;
comment on function visitnow.check_reschedule() is
  'Before an appointment is moved to another slot: refuses it (TR409) once the visit has come to something, or the patient '
  'missed it, or it was moved a hundred times.';

create function visitnow.forget_party() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.provider_id is null then
    new.clinic_id := null;
    new.service_id := null;
    new.slot_id := null;
  end if;
  if new.patient_id is null then
    new.dependant_id := null;
  end if;
  if new.patient_id is distinct from old.patient_id or new.dependant_id is distinct from old.dependant_id then
    new.reason := null;
    new.notes := null;
    select coalesce(jsonb_agg(entry - 'note' order by place), '[]')
    into new.timeline
    from jsonb_array_elements(old.timeline) with ordinality as entries (entry, place);
  end if;
  return new;
end
$$;
comment on function visitnow.forget_party() is
  'Before an appointment loses a side: forgets what went with it, and what was said and written about who was treated if it is '
  'they. What is left is when it was, with the other side, and what became of it.';

create function visitnow.offer_slot(slot uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  entry uuid;
begin
  if not visitnow.keep_slot(slot) then
    return;
  end if;
  update visitnow.waitlist
  set status = 'offered'
  where id = (
    select waitlist.id
    from visitnow.slots
    join visitnow.providers on providers.id = slots.provider_id
    join visitnow.waitlist on waitlist.provider_id = slots.provider_id
    where slots.id = slot
      and slots.status = 'open'
      and slots.start_at > clock_timestamp()
      and visitnow.practises(providers.id)
      and waitlist.status = 'waiting'
      and waitlist.desired_range @> tstzrange(slots.start_at, slots.end_at)
    order by waitlist.id
    limit 1
    for update of waitlist skip locked)
  returning id
  into entry;
  if found then
    update visitnow.slots
    set status = 'held', held_for_id = entry, held_until = clock_timestamp() + interval '15 minutes'
    where id = slot;
  end if;
end
$$;
comment on function visitnow.offer_slot(uuid) is
  'Offers an open slot to the first who waits for one like it, and holds it for them for 15 minutes.';
grant execute on function visitnow.offer_slot(uuid) to trellis_app;

create function visitnow.free_slot(slot uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update visitnow.slots
  set status = 'open', held_until = null, held_for_id = null
  where id = slot;
  if found then
    perform visitnow.offer_slot(slot);
  end if;
end
$$;
comment on function visitnow.free_slot(uuid) is 'Opens a slot that is no longer booked or held, and offers it to who waits.';
grant execute on function visitnow.free_slot(uuid) to trellis_app;

create function visitnow.give_slot_back() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.slot_id is not null
    and old.status <> 'cancelled'
    -- One that has no slot any more lost it with the slot.
    and (tg_op = 'DELETE' or new.status = 'cancelled' or new.slot_id <> old.slot_id)
  then
    perform visitnow.free_slot(old.slot_id);
  end if;
  return null;
end
$$;
comment on function visitnow.give_slot_back() is
  'After an appointment was cancelled, moved or deleted: frees the slot that it took.';

create function visitnow.count_rating() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  before constant integer := case when tg_op <> 'INSERT' then old.rating end;
  after constant integer := case when tg_op <> 'DELETE' then new.rating end;
begin
  if after is not distinct from before then
    return null;
  end if;
  update visitnow.providers
  set
    rating_total = rating_total + coalesce(after, 0) - coalesce(before, 0),
    rating_count = rating_count + num_nonnulls(after) - num_nonnulls(before)
  where id = case when tg_op = 'DELETE' then old.provider_id else new.provider_id end;
  return null;
end
$$;
comment on function visitnow.count_rating() is 'After an appointment was rated: counts it for the provider.';

create trigger appointments_forget
before update of patient_id, dependant_id, provider_id on visitnow.appointments
for each row when (num_nulls(new.patient_id, new.dependant_id, new.provider_id)
  > num_nulls(old.patient_id, old.dependant_id, old.provider_id))
execute function visitnow.forget_party();
create trigger appointments_line_up
before insert or update on visitnow.appointments
for each row when (new.status in ('requested', 'confirmed', 'checked_in', 'in_progress'))
execute function visitnow.line_up();
create trigger appointments_notes
before update of notes on visitnow.appointments
for each row when (new.notes is not null and new.status not in ('in_progress', 'completed'))
execute function base.refuse_change('notes are written during the visit or after it; this appointment is %');
create trigger appointments_parties
before update of patient_id, dependant_id, provider_id on visitnow.appointments
for each row when (pg_trigger_depth() = 0 and (old.patient_id, old.dependant_id, old.provider_id)
  is distinct from (new.patient_id, new.dependant_id, new.provider_id))
execute function base.refuse_change('an appointment is of a patient with a provider, and stays so');
create trigger appointments_rating
before update of rating on visitnow.appointments
for each row when (new.rating is not null and new.status <> 'completed')
execute function base.refuse_change('an appointment is rated once it is completed; this one is %');
create trigger appointments_reschedule
before update of slot_id on visitnow.appointments
for each row when (new.slot_id is not null)
execute function visitnow.check_reschedule();
-- After these: triggers fire in the order of their names.
create trigger appointments_slot
before insert on visitnow.appointments
for each row when (new.slot_id is not null and new.status <> 'cancelled') execute function visitnow.take_slot();
create trigger appointments_slot_kept
before update of slot_id on visitnow.appointments
for each row when (new.slot_id is null and old.slot_id is not null and old.status <> 'cancelled' and pg_trigger_depth() = 0)
execute function base.refuse_change('an appointment keeps its slot until it is cancelled');
create trigger appointments_slot_moved
before update of slot_id on visitnow.appointments
for each row when (new.slot_id is distinct from old.slot_id and new.slot_id is not null)
execute function visitnow.take_slot();
create trigger appointments_slot_service
before insert or update of slot_id, service_id on visitnow.appointments
for each row when (new.service_id is not null) execute function visitnow.check_service();
create trigger appointments_status_flow
before update of status on visitnow.appointments
for each row when (pg_trigger_depth() = 0)
execute function base.check_move('an appointment', 'visitnow.appointment_moves($1, $2)');
create trigger appointments_timeline
before insert or update of status, slot_id on visitnow.appointments
for each row execute function visitnow.add_to_timeline();
create trigger appointments_touch
before update on visitnow.appointments
for each row execute function base.touch_updated_at();
create trigger appointments_given_back
after delete or update of status, slot_id on visitnow.appointments
for each row execute function visitnow.give_slot_back();
create trigger appointments_rated
after insert or delete or update of rating on visitnow.appointments
for each row execute function visitnow.count_rating();
select audit.attach('visitnow.appointments');

create function visitnow.cancel_appointments() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_argv[0] = 'provider_id' then
    -- Before the appointments: whoever deletes one of these holds it and asks for them.
    perform
    from visitnow.clinics
    where provider_id = old.id
    order by id
    for update;
    perform
    from visitnow.services
    where provider_id = old.id
    order by id
    for update;
  end if;
  -- All that is touched below, and by the foreign keys after that, in the order in which everybody locks.
  execute format(
    'select from visitnow.appointments where %I = $1 order by id for no key update', tg_argv[0])
  using old.id;
  if tg_argv[0] <> 'dependant_id' then
    execute format('select from visitnow.waitlist where %I = $1 order by id for update', tg_argv[0])
    using old.id;
  end if;
  if tg_argv[0] = 'provider_id' then
    -- Nobody is offered what goes with the provider.
    update visitnow.slots
    set status = 'open', held_until = null, held_for_id = null
    where provider_id = old.id
      and status = 'held';
  end if;
  if tg_argv[0] <> 'dependant_id' then
    execute format('delete from visitnow.waitlist where %I = $1', tg_argv[0])
    using old.id;
  end if;
  -- In one update: a second one in the same transaction would have every foreign key of the row checked again, and wait for
  -- another side that is just leaving, too.
  execute format(
    'update visitnow.appointments set %1$I = null, status = case '
    'when status in (''requested'', ''confirmed'', ''checked_in'', ''in_progress'') then ''cancelled'' else status end '
    'where %1$I = $1', tg_argv[0])
  using old.id;
  return old;
end
$$;
comment on function visitnow.cancel_appointments() is
  'Before a patient, somebody they take care of, or a provider goes: takes them off the waitlist, cancels their live '
  'appointments, which frees the slots, and takes them out of all. Argument: the column that names who goes.';

create trigger patients_leave
before delete on visitnow.patients
for each row execute function visitnow.cancel_appointments('patient_id');
create trigger dependants_leave
before delete on visitnow.dependants
for each row execute function visitnow.cancel_appointments('dependant_id');
create trigger providers_leave
before delete on visitnow.providers
for each row execute function visitnow.cancel_appointments('provider_id');

create function visitnow.require_no_appointment() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select
    from visitnow.appointments
    where provider_id = old.provider_id
      and status in ('requested', 'confirmed', 'checked_in', 'in_progress')
      and case tg_table_name when 'clinics' then clinic_id = old.id else slot_id = old.id end
  ) then
    raise exception 'appointments are still to be held here; move or cancel them first'
      using errcode = 'TR409',
        schema = tg_table_schema, table = tg_table_name, constraint = tg_table_name || '_appointments';
  end if;
  return old;
end
$$;
comment on function visitnow.require_no_appointment() is
  'Before a clinic or a slot is deleted: refuses it while an appointment is to be held there (TR409).';

create function visitnow.lock_dependents() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  execute format(
    'select from visitnow.appointments where provider_id = $1 and %I = $2 order by id for no key update', tg_argv[0])
  using old.provider_id, old.id;
  if tg_argv[0] = 'service_id' then
    perform visitnow.take_turn(patient_id)
    from (
      select distinct patient_id
      from visitnow.appointments
      where provider_id = old.provider_id
        and service_id = old.id
        and status in ('requested', 'confirmed', 'checked_in', 'in_progress')
      order by patient_id
    ) as patient;
  else
    perform
    from visitnow.waitlist
    where id in (
      select held_for_id
      from visitnow.slots
      where provider_id = old.provider_id
        and clinic_id = old.id
        and status = 'held')
    order by id
    for update;
    -- In one update, as when a side leaves.
    update visitnow.appointments
    set clinic_id = null, slot_id = null
    where provider_id = old.provider_id
      and clinic_id = old.id;
  end if;
  return old;
end
$$;
comment on function visitnow.lock_dependents() is
  'Before a service or a clinic is deleted: locks what names it, in the order in which everybody locks, and takes the clinic out '
  'of its appointments. Argument: the column of appointments that names it.';

create trigger services_leave
before delete on visitnow.services
for each row execute function visitnow.lock_dependents('service_id');
-- After clinics_appointments.
create trigger clinics_leave
before delete on visitnow.clinics
for each row execute function visitnow.lock_dependents('clinic_id');
create trigger clinics_appointments
before delete on visitnow.clinics
for each row when (pg_trigger_depth() = 0) execute function visitnow.require_no_appointment();
create trigger slots_appointments
before delete on visitnow.slots
for each row when (pg_trigger_depth() = 0) execute function visitnow.require_no_appointment();
create trigger slots_held
before delete on visitnow.slots
for each row when (pg_trigger_depth() = 0 and old.status = 'held')
execute function base.refuse_change('this slot is held for somebody who waits');

-- What slots and the waitlist do.

create function visitnow.slot_moves(slot visitnow.slots) returns visitnow.slot_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case slot.status
    when 'open' then '{blocked}'
    when 'blocked' then '{open}'
    else '{}'
  end::visitnow.slot_status[];
end
$$;
comment on function visitnow.slot_moves(visitnow.slots) is
  'The statuses that a slot may be moved to by anybody; appointments and the waitlist do the rest.';
grant execute on function visitnow.slot_moves(visitnow.slots) to trellis_app, trellis_readonly;

create function visitnow.take_offer_back() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update visitnow.waitlist
  set status = 'waiting'
  where id = old.held_for_id
    and status = 'offered';
  return null;
end
$$;
comment on function visitnow.take_offer_back() is
  'After a slot went that was held, as with its clinic: who was offered it waits on, in their old place.';

create function visitnow.offer_unblocked() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform visitnow.offer_slot(new.id);
  return null;
end
$$;
comment on function visitnow.offer_unblocked() is 'After a slot was unblocked: offers it to who waits.';

create function visitnow.offer_open_slots() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform visitnow.offer_slot(id)
  from (
    select id
    from visitnow.slots
    where provider_id = new.id
      and status = 'open'
      and start_at > now()
      and start_at < (
        select max(upper(desired_range))
        from visitnow.waitlist
        where provider_id = new.id
          and status = 'waiting')
    order by start_at
  ) as slot;
  return null;
end
$$;
comment on function visitnow.offer_open_slots() is
  'After a provider was activated: offers what was freed meanwhile to who waits.';

create trigger providers_offer
after update of status on visitnow.providers
for each row when (old.status <> 'active' and new.status = 'active') execute function visitnow.offer_open_slots();

create trigger slots_status_flow
before update of status on visitnow.slots
for each row when (pg_trigger_depth() = 0) execute function base.check_move('a slot', 'visitnow.slot_moves($1)');
create trigger slots_place
before update of provider_id, clinic_id, start_at, end_at, mode, held_until, held_for_id on visitnow.slots
for each row when (pg_trigger_depth() = 0)
execute function base.refuse_change('a slot stays where and when it is; what holds it is the waitlist''s');
create trigger slots_touch
before update on visitnow.slots
for each row execute function base.touch_updated_at();
create trigger slots_taken_back
after delete on visitnow.slots
for each row when (old.held_for_id is not null) execute function visitnow.take_offer_back();
create trigger slots_unblocked
after update of status on visitnow.slots
for each row when (old.status = 'blocked' and new.status = 'open') execute function visitnow.offer_unblocked();
select audit.attach('visitnow.slots');

create function visitnow.waitlist_moves(entry visitnow.waitlist) returns visitnow.waitlist_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case entry.status
    when 'waiting' then '{cancelled,expired}'
    when 'offered' then '{booked,cancelled,expired}'
    else '{}'
  end::visitnow.waitlist_status[];
end
$$;
comment on function visitnow.waitlist_moves(visitnow.waitlist) is
  'The statuses that an entry may move to; it is offered a slot by the database alone, when one is freed.';
grant execute on function visitnow.waitlist_moves(visitnow.waitlist) to trellis_app, trellis_readonly;

create function visitnow.give_hold_back() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform visitnow.free_slot(id)
  from visitnow.slots
  where held_for_id = old.id;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
comment on function visitnow.give_hold_back() is
  'After an offer was refused or ran out, or before its entry is deleted: frees the slot for the next.';

create function visitnow.require_booking() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from visitnow.slots where held_for_id = new.id) then
    raise exception 'an offer is accepted by booking its slot'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'waitlist', column = 'status', constraint = 'waitlist_booking';
  end if;
  return null;
end
$$;
comment on function visitnow.require_booking() is
  'After an entry is said to be booked: refuses it (TR409) while the slot is still held, as without an appointment for it.';

create function visitnow.check_entry() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT'
    and exists (select from visitnow.providers where id = new.provider_id)
    and not visitnow.practises(new.provider_id)
  then
    raise exception 'this provider takes no appointments at present'
      using errcode = 'TR409',
        schema = 'visitnow', table = 'waitlist', column = 'provider_id', constraint = 'waitlist_acceptance';
  end if;
  perform visitnow.refuse_self(new.patient_id, new.provider_id);
  if upper(new.desired_range) <= now() then
    raise exception 'must not be over already'
      using errcode = 'check_violation',
        schema = 'visitnow', table = 'waitlist', column = 'desired_range', constraint = 'waitlist_desired_range_over_check';
  end if;
  return new;
end
$$;
comment on function visitnow.check_entry() is
  'Before somebody waits, or for another time: the provider must take appointments, and the time must not be over.';

create trigger waitlist_new
before insert on visitnow.waitlist
for each row when (new.status = 'waiting') execute function visitnow.check_entry();
create trigger waitlist_parties
before update of patient_id, provider_id on visitnow.waitlist
for each row when (old.patient_id <> new.patient_id or old.provider_id <> new.provider_id)
execute function base.refuse_change('an entry is of a patient for a provider, and stays so');
create trigger waitlist_range_kept
before update of desired_range on visitnow.waitlist
for each row when (old.status <> 'waiting')
execute function base.refuse_change('the range of an entry is changed only while it waits');
-- After waitlist_range_kept.
create trigger waitlist_range_new
before update of desired_range on visitnow.waitlist
for each row execute function visitnow.check_entry();
create trigger waitlist_status_flow
before update of status on visitnow.waitlist
for each row when (pg_trigger_depth() = 0)
execute function base.check_move('an entry', 'visitnow.waitlist_moves($1)');
create trigger waitlist_touch
before update on visitnow.waitlist
for each row execute function base.touch_updated_at();
create trigger waitlist_given_back
after update of status on visitnow.waitlist
for each row when (old.status = 'offered' and new.status in ('cancelled', 'expired'))
execute function visitnow.give_hold_back();
create trigger waitlist_booked
after update of status on visitnow.waitlist
for each row when (new.status = 'booked') execute function visitnow.require_booking();
create trigger waitlist_deleted
before delete on visitnow.waitlist
for each row execute function visitnow.give_hold_back();
select audit.attach('visitnow.waitlist');

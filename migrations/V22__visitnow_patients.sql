-- Who is treated. What is known of somebody's health is read by them, and by providers while they treat them; see
-- visitnow.treats() in V23.

create type visitnow.gender as enum ('male', 'female', 'other', 'undisclosed');
comment on type visitnow.gender is 'A person''s gender, if they say it.';

create type visitnow.blood_group as enum ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-');
comment on type visitnow.blood_group is 'Blood group (ABO) and Rh factor.';

create table visitnow.patients (
  id uuid not null default base.uuid_v7(),
  user_id uuid not null,
  full_name base.line not null,
  date_of_birth date,
  gender visitnow.gender not null default 'undisclosed',
  medical_history base.json_object not null default '{}',
  primary_language base.language,
  blood_group visitnow.blood_group,
  allergies base.tags not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint patients_pkey primary key (id),
  constraint patients_user_id_key unique (user_id),
  constraint patients_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint patients_date_of_birth_check check (
    date_of_birth between '1850-01-01' and (updated_at at time zone 'UTC')::date + 1)
);

comment on table visitnow.patients is 'Somebody who is treated: at most one record per user.';
comment on column visitnow.patients.id is 'The patient.';
comment on column visitnow.patients.user_id is 'Whose record it is.';
comment on column visitnow.patients.full_name is 'Their name.';
comment on column visitnow.patients.date_of_birth is 'When they were born: since 1850, and not in the future, wherever they are.';
comment on column visitnow.patients.gender is 'Their gender, if they say it.';
comment on column visitnow.patients.medical_history is
  'What they have had and have: a JSON object of conditions, surgeries, medications, familyHistory, notes.';
comment on column visitnow.patients.primary_language is 'The language they speak best, as a tag of BCP 47.';
comment on column visitnow.patients.blood_group is 'Their blood group, if they know it.';
comment on column visitnow.patients.allergies is 'What they are allergic to.';
comment on column visitnow.patients.created_at is 'When the record was made.';
comment on column visitnow.patients.updated_at is 'When the row last changed; strictly increasing.';

create trigger patients_user_id_role
before insert on visitnow.patients
for each row execute function identity.require_role('user_id', 'patient');
create trigger patients_person
before update of user_id on visitnow.patients
for each row when (old.user_id <> new.user_id)
execute function base.refuse_change('a record is of one person, and stays so');
create trigger patients_touch
before update on visitnow.patients
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.patients');

create function visitnow.own_record(person uuid) returns uuid
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
  record constant uuid := (select id from visitnow.patients where user_id = person);
begin
  if record is null then
    raise exception 'make your own record first: PUT /v1/visitnow/patients/me'
      using errcode = 'TR409', schema = 'visitnow', table = 'patients', constraint = 'patients_own_record';
  end if;
  return record;
end
$$;
comment on function visitnow.own_record(uuid) is
  'The record of somebody who is about to add to it; refuses it (TR409) where there is none yet.';
grant execute on function visitnow.own_record(uuid) to trellis_app;

create table visitnow.dependants (
  id uuid not null default base.uuid_v7(),
  patient_id uuid not null,
  full_name base.line not null,
  relationship base.line not null,
  date_of_birth date,
  notes base.prose,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint dependants_pkey primary key (id),
  constraint dependants_patient_id_id_key unique (patient_id, id),
  constraint dependants_patient_id_fkey foreign key (patient_id)
    references visitnow.patients (id) on delete cascade,
  constraint dependants_date_of_birth_check check (
    date_of_birth between '1850-01-01' and (updated_at at time zone 'UTC')::date + 1)
);

comment on table visitnow.dependants is 'Somebody for whom a patient makes appointments: a child, a parent.';
comment on column visitnow.dependants.id is 'The dependant.';
comment on column visitnow.dependants.patient_id is 'The patient who takes care of them.';
comment on column visitnow.dependants.full_name is 'Their name.';
comment on column visitnow.dependants.relationship is 'What they are to the patient.';
comment on column visitnow.dependants.date_of_birth is 'When they were born: since 1850, and not in the future, wherever they are.';
comment on column visitnow.dependants.notes is 'What a provider should know of their health.';
comment on column visitnow.dependants.created_at is 'When they were added.';
comment on column visitnow.dependants.updated_at is 'When the row last changed; strictly increasing.';

create trigger dependants_place
before update of patient_id on visitnow.dependants
for each row when (old.patient_id <> new.patient_id)
execute function base.refuse_change('a dependant stays with the patient');
create trigger dependants_touch
before update on visitnow.dependants
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.dependants');

create table visitnow.preferences (
  id uuid not null default base.uuid_v7(),
  patient_id uuid not null,
  channels base.json_object not null default '{"email": true, "inApp": true}',
  languages base.tags not null default '{}',
  consents base.json_object not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint preferences_pkey primary key (id),
  constraint preferences_patient_id_key unique (patient_id),
  constraint preferences_patient_id_fkey foreign key (patient_id)
    references visitnow.patients (id) on delete cascade
);

comment on table visitnow.preferences is 'How a patient likes to be told of things: at most one row per patient.';
comment on column visitnow.preferences.id is 'The row.';
comment on column visitnow.preferences.patient_id is 'Whose they are.';
comment on column visitnow.preferences.channels is
  'By what they are told: a JSON object of email, sms, push, inApp, each true or false; absent: false.';
comment on column visitnow.preferences.languages is 'The languages they like to be spoken to in, as tags of BCP 47.';
comment on column visitnow.preferences.consents is
  'What they agree to: a JSON object of reminders, marketing, research, dataSharing, each true or false; absent: false.';
comment on column visitnow.preferences.created_at is 'When they were first set.';
comment on column visitnow.preferences.updated_at is 'When the row last changed; strictly increasing.';

create trigger preferences_touch
before update on visitnow.preferences
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.preferences');

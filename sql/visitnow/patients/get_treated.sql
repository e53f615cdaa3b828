-- For a provider who treats the patient or one of their dependants: of those whom they treat, what is known of their health.
-- What is given out, and nothing else, is logged as read: the row depends on the entries of the log, and they on the rows.
-- $1 provider's user  $2 patient
with actor as materialized (
  select set_config('trellis.actor', $1::uuid::text, true) as id
), treated as materialized (
  select patients.id, treated_by.persons
  from visitnow.patients
  cross join lateral (select visitnow.treated_by($1, patients.id)) as treated_by (persons)
  where patients.id = $2
    and treated_by.persons <> '{}'
), theirs as materialized (
  select dependants.id, dependants.full_name, dependants.relationship, dependants.date_of_birth, dependants.notes,
         dependants.updated_at
  from treated
  join visitnow.dependants on dependants.patient_id = treated.id
  where dependants.id = any (treated.persons)
), logged as materialized (
  select audit.record_read('visitnow.patients', treated.id) as entry
  from treated
  cross join actor
  union all
  select audit.record_read('visitnow.dependants', theirs.id)
  from theirs
  cross join actor
)
select
  patients.id, full_name, date_of_birth, gender, primary_language,
  case when patients.id = any (treated.persons) then medical_history end as "medical_history: MedicalHistory",
  case when patients.id = any (treated.persons) then blood_group end as blood_group,
  case when patients.id = any (treated.persons) then allergies end as allergies,
  array(
    select jsonb_build_object(
      'id', theirs.id, 'full_name', theirs.full_name, 'relationship', theirs.relationship,
      'date_of_birth', theirs.date_of_birth, 'notes', theirs.notes)
    from theirs
    order by theirs.id
  ) as "dependants!: Vec<TreatedDependant>",
  created_at, updated_at,
  timestamptz 'epoch' + interval '1 microsecond' * (9007199254740991 & hashtextextended(
    concat_ws(' ', extract(epoch from updated_at), patients.id = any (treated.persons), (
      select string_agg(concat_ws(' ', theirs.id, extract(epoch from theirs.updated_at)), ' ' order by theirs.id)
      from theirs)),
    0)) as "version!"
from treated
join visitnow.patients on patients.id = treated.id
where (select count(entry) from logged) > 0

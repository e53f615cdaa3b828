-- For a provider who treats the patient, with those dependants whom they treat, too. What is given out, and nothing else, is
-- logged as read: the row depends on the entries of the log, and they on the rows.
-- $1 provider's user  $2 patient
with actor as materialized (
  select set_config('trellis.actor', $1::uuid::text, true) as id
), treated as materialized (
  select id
  from visitnow.patients
  where id = $2
    and visitnow.treats($1, id)
), theirs as materialized (
  select dependants.id, dependants.full_name, dependants.relationship, dependants.date_of_birth, dependants.notes,
         dependants.updated_at
  from treated
  join visitnow.dependants on dependants.patient_id = treated.id
  where visitnow.treats($1, treated.id, dependants.id)
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
  patients.id, full_name, date_of_birth, gender, medical_history, primary_language, blood_group, allergies,
  array(
    select jsonb_build_object(
      'id', theirs.id, 'full_name', theirs.full_name, 'relationship', theirs.relationship,
      'date_of_birth', theirs.date_of_birth, 'notes', theirs.notes)
    from theirs
    order by theirs.id
  ) as "dependants!: Vec<TreatedDependant>",
  created_at, updated_at,
  timestamptz 'epoch' + interval '1 microsecond' * (9007199254740991 & hashtextextended(
    concat_ws(' ', extract(epoch from updated_at), (
      select string_agg(concat_ws(' ', theirs.id, extract(epoch from theirs.updated_at)), ' ' order by theirs.id)
      from theirs)),
    0)) as "version!"
from treated
join visitnow.patients on patients.id = treated.id
where (select count(entry) from logged) > 0

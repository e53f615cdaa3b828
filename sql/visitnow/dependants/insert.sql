-- $1 who takes care of them  $2 full name  $3 relationship  $4 date of birth  $5 notes
insert into visitnow.dependants (patient_id, full_name, relationship, date_of_birth, notes)
select visitnow.own_record($1), $2, $3, $4, $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, full_name, relationship, date_of_birth, notes, created_at, updated_at

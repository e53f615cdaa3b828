-- $1 patient's user  $2 version seen, null: there is none yet  $3 channels  $4 languages  $5 consents
insert into visitnow.preferences as own (patient_id, channels, languages, consents)
select visitnow.own_record($1), $3, $4, $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
on conflict (patient_id) do update
set channels = excluded.channels,
    languages = excluded.languages,
    consents = excluded.consents
where own.updated_at = $2
returning id, channels, languages, consents, created_at, updated_at

-- A provider who practises, with the first hundred of their clinics and of the services that can be booked; for everybody.
-- $1 provider
select own.id, own.display_name, own.specializations, own.languages, own.about, own.experience_years, own.rating,
       own.rating_count, own.created_at, own.updated_at,
       array(
         select jsonb_build_object(
           'id', id,
           'name', name,
           'address', address,
           'geo', case
             when geo is not null then jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(geo[0], geo[1]))
           end,
           'telehealth', telehealth,
           'contact', contact,
           'time_zone', time_zone)
         from visitnow.clinics
         where provider_id = own.id
         order by id
         limit 100
       ) as "clinics!: Vec<PublicClinic>",
       array(
         select jsonb_build_object(
           'id', id,
           'name', name,
           'description', description,
           'duration_minutes', duration_minutes,
           'mode', mode,
           'price', price,
           'currency', currency)
         from visitnow.services
         where provider_id = own.id
           and is_active
         order by id
         limit 100
       ) as "services!: Vec<PublicService>"
from visitnow.providers as own
where own.id = $1
  and visitnow.practises(own.id)

-- $1 the emigrants of the demo
insert into migratio.profile_destinations (
  user_id, id, country_id, preference_rank)
select
  own.user_id, own.id, country.id, own.preference_rank
from jsonb_to_recordset($1::jsonb -> 'profile_destinations') as own (
  user_id uuid, id uuid, country text, preference_rank integer)
join identity.users as person on person.id = own.user_id
join migratio.countries as country on country.alpha2 = own.country
where not exists (select from migratio.profile_destinations as wished where wished.user_id = own.user_id)

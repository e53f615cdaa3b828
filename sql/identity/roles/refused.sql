-- Which of these roles nobody may take on their own, by their place in the list, from 0.
-- $1 domains  $2 codes
select (wanted.place - 1) as "place!"
from unnest($1::text[], $2::text[]) with ordinality as wanted (domain, role_code, place)
left join identity.roles on roles.domain = wanted.domain::identity.domain and roles.code = wanted.role_code
where roles.self_service is not true
order by wanted.place

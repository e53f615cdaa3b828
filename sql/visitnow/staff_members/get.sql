-- $1 whose membership it is, or who manages the practice  $2 membership
select id, provider_id, user_id, role, permissions as "permissions: Vec<Permission>", created_at, updated_at,
       visitnow.acts_for($1, provider_id, 'clinic:write') as "may_write!"
from visitnow.staff_members
where id = $2
  and (user_id = $1 or visitnow.acts_for($1, provider_id, 'clinic:write'))

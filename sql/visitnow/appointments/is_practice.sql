-- $1 actor  $2 provider
select coalesce(visitnow.acts_for($1, $2, 'appointments:write'), false) as "is_practice!"

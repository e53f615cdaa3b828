-- $1 user  $2 provider
select visitnow.acts_for($1, $2, 'messages:write') as "answers!"

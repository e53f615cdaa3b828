-- Whether somebody may do for a provider what a permission is for.
-- $1 actor  $2 provider  $3 permission
select visitnow.acts_for($1, $2, $3) as "acts!"

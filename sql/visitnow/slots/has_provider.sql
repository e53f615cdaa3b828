-- $1 provider
select visitnow.practises($1) as "exists!"

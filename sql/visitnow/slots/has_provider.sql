-- $1 provider
select exists (select from visitnow.providers where id = $1 and status = 'active') as "exists!"

-- A server takes off the list who has waited longest in vain, whoever it is.
update visitnow.waitlist
set status = 'expired'
where id = (
  select id
  from visitnow.waitlist
  where status = 'waiting'
    and upper(desired_range) <= now()
  order by upper(desired_range)
  limit 1
  for update skip locked)
returning id

-- A server ends the hold that has been over longest, whoever's, and thereby offers the slot to the next.
select visitnow.expire_hold() as expired

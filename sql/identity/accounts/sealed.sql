-- The values of one encrypted column, row by row.
-- $1 column  $2 owner and $3 id of the last row seen  $4 rows
select account.user_id as owner, account.id, sealed.value as "value!"
from identity.accounts as account
cross join lateral (
  select case $1::text
           when 'access_token' then account.access_token
           when 'refresh_token' then account.refresh_token
           when 'id_token' then account.id_token
         end
) as sealed (value)
where (account.user_id, account.id) > ($2, $3)
  and sealed.value is not null
order by account.user_id, account.id
limit $4

-- Puts another value into one encrypted column, unless it has changed meanwhile.
-- $1 owner  $2 row  $3 column  $4 value that was read  $5 new value
update mentorship.microsoft_tokens
set access_token = case $3::text when 'access_token' then $5::bytea else access_token end,
    refresh_token = case $3 when 'refresh_token' then $5 else refresh_token end
where user_id = $1
  and id = $2
  and case $3 when 'access_token' then access_token when 'refresh_token' then refresh_token end = $4::bytea
returning id

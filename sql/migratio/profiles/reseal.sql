-- Puts another value into one encrypted column, unless it has changed meanwhile.
-- $1 owner  $2 row  $3 column  $4 value that was read  $5 new value
update migratio.profiles
set additional_attributes = case $3::text
      when 'additional_attributes' then $5::bytea
      else additional_attributes
    end
where user_id = $1
  and id = $2
  and case $3 when 'additional_attributes' then additional_attributes end = $4::bytea
returning id

-- Puts another value into the encrypted column, unless it has changed meanwhile. As it sets that column alone, the document
-- stays verified: the number is the same.
-- $1 owner  $2 row  $3 column  $4 value that was read  $5 new value
update migratio.documents
set document_number = $5::bytea
where user_id = $1
  and id = $2
  and case $3::text when 'document_number' then document_number end = $4::bytea
returning id

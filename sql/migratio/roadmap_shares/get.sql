-- The owner's, and theirs whom it is shared with.
-- $1 reader  $2 roadmap  $3 share
select share.id, share.roadmap_id, share.shared_with_id as user_id, share.email, share.access, share.created_at,
       share.updated_at, reader.access = 'owner' as "may_write!"
from migratio.roadmap_reader($1, $2) as reader
join migratio.roadmap_shares as share on share.user_id = reader.user_id
where share.roadmap_id = $2
  and share.id = $3
  and (reader.access = 'owner' or share.shared_with_id = $1
    or lower(share.email) = (
      select lower(person.email)
      from identity.users as person
      where person.id = $1
        and person.email_verified_at is not null))

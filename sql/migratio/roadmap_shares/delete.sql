-- By the owner, or whom it is shared with.
-- $1 who deletes it  $2 roadmap  $3 share  $4 accepted versions
delete from migratio.roadmap_shares as share
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor,
  migratio.roadmap_reader($1, $2) as reader
where share.user_id = reader.user_id
  and share.roadmap_id = $2
  and share.id = $3
  and (reader.access = 'owner' or share.shared_with_id = $1
    or lower(share.email) = (
      select lower(person.email)
      from identity.users as person
      where person.id = $1
        and person.email_verified_at is not null))
  and ($4::timestamptz[] is null or share.updated_at = any ($4))
returning share.id

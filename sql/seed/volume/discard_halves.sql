-- Made-up users whose jobs have no timelines: an earlier run was interrupted between the two.
delete from identity.users
where email ~ '^volume-[0-9]{1,12}@example\.com$'
  and exists (select from coach.jobs where jobs.user_id = users.id)
  and not exists (select from coach.status_changes where status_changes.user_id = users.id)

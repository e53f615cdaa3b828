-- None where the reader finds no such issue.
-- $1 who reported the issue, or an administrator  $2 issue  $3 last id seen  $4 rows
select id, issue_id, user_id,
       (select person.display_name from identity.users as person where person.id = user_id) as "display_name: String",
       message, created_at, updated_at
from mentorship.issue_messages
where issue_id = $2
  and id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and (
    select issue.user_id = $1 or identity.has_role($1, 'mentorship', 'admin')
    from mentorship.reported_issues as issue
    where issue.id = $2
  )
order by id desc
limit $4

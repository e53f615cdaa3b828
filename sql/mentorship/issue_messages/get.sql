-- $1 who reported the issue, or an administrator  $2 issue  $3 message
select id, issue_id, user_id,
       (select person.display_name from identity.users as person where person.id = user_id) as "display_name: String",
       message, created_at, updated_at
from mentorship.issue_messages
where issue_id = $2
  and id = $3
  and exists (
    select
    from mentorship.reported_issues as issue
    where issue.id = $2
      and (issue.user_id = $1 or identity.has_role($1, 'mentorship', 'admin'))
  )

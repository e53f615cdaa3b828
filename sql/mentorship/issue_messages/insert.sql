-- $1 who reported the issue, or an administrator  $2 issue  $3 message
insert into mentorship.issue_messages (user_id, issue_id, message)
select $1, issue.id, $3
from mentorship.reported_issues as issue, (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where issue.id = $2
  and (issue.user_id = $1 or identity.has_role($1, 'mentorship', 'admin'))
returning id, issue_id, user_id,
          (select person.display_name from identity.users as person where person.id = user_id) as "display_name: String",
          message, created_at, updated_at

-- What the database counts as matches are approved and end; the demo comes in while nothing is counted.
update mentorship.profiles
set current_mentee_count = tally.mentees, max_mentee_capacity = greatest(max_mentee_capacity, tally.mentees)
from (
  select mentor.user_id, count(match.id) as mentees
  from mentorship.profiles as mentor
  left join mentorship.matches as match on match.mentor_id = mentor.user_id and match.status = 'approved'
  group by mentor.user_id
) as tally
where profiles.user_id = tally.user_id
  and current_mentee_count <> tally.mentees

-- $1 participant  $2 session  $3 last id seen  $4 rows
select given.id, given.session_id, given.from_user_id, given.rating, given.comments, given.created_at,
       given.updated_at
from mentorship.feedback as given
join mentorship.sessions as session on session.id = given.session_id
where $1 in (session.mentor_id, session.mentee_id)
  and given.session_id = $2
  and given.id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by given.id desc
limit $4

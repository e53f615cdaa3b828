-- By either of the two, or by an administrator.
-- $1 actor  $2 id  $3 versions
delete from mentorship.matches
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($1 in (mentor_id, mentee_id) or identity.has_role($1, 'mentorship', 'admin'))
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id

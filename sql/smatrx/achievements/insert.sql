-- An administrator gives somebody an achievement; no row: there is no such user. The user's row is held, lest they be
-- erased between the look and the gift.
-- $1 actor  $2 user  $3 type  $4 title  $5 description  $6 points  $7 badge  $8 when it was earned
with receiver as (
  select id
  from identity.users
  where id = $2
  for key share
)
insert into smatrx.achievements (user_id, type, title, description, points, badge, earned_at)
select receiver.id, $3, $4, $5, $6, $7, coalesce($8::timestamptz, now())
from receiver
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, type, title, description, points, badge, earned_at, career_goal_id, created_at, updated_at

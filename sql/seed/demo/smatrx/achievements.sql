-- $1 a person of the demo  $2 their id
insert into smatrx.achievements
  (user_id, id, type, title, description, points, earned_at, career_goal_id, created_at, updated_at)
select $2::uuid,
       achievement.id,
       achievement.type,
       achievement.title,
       achievement.description,
       achievement.points,
       now() - achievement."earnedDaysAgo" * interval '1 day',
       achievement.goal,
       now() - achievement."earnedDaysAgo" * interval '1 day',
       now() - achievement."earnedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{smatrx,achievements}') as achievement (
  id uuid,
  type smatrx.achievement_type,
  title text,
  description text,
  points integer,
  "earnedDaysAgo" double precision,
  goal uuid)
on conflict do nothing

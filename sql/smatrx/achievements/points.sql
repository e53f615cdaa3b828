-- $1 owner
select coalesce(sum(points), 0) as "points!", count(*) as "achievements!"
from smatrx.achievements
where user_id = $1

-- A session with its answers, and everything that is asked at present, in order.
-- $1 owner  $2 session
select
  id, status, started_at, completed_at, language, device_info, profile_snapshot, created_at, updated_at,
  array(
    select to_jsonb(part)
    from migratio.questions as part
    where part.is_active
    order by part.position, part.id
  ) as "questions!: Vec<Question>",
  array(
    select to_jsonb(part)
    from migratio.quiz_answers as part
    where part.user_id = $1
      and part.quiz_response_id = session.id
    order by part.id
  ) as "answers!: Vec<QuizAnswer>"
from migratio.quiz_responses as session
where user_id = $1
  and id = $2

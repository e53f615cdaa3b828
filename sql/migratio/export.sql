-- Everything that migratio stores about a user, table by table: what is theirs, what is shared with them, and what they
-- wrote. What is encrypted is decrypted on the way.
-- $1 user
select 'members' as "table!", to_jsonb(own)::text as "row!"
from migratio.members as own
where user_id = $1
union all
select 'profiles', to_jsonb(own)::text
from migratio.profiles as own
where user_id = $1
union all
select 'profile_destinations', to_jsonb(own)::text
from migratio.profile_destinations as own
where user_id = $1
union all
select 'recommendations', to_jsonb(own)::text
from migratio.recommendations as own
where user_id = $1
union all
select 'recommendation_items', to_jsonb(own)::text
from migratio.recommendation_items as own
where user_id = $1
union all
select 'quiz_responses', to_jsonb(own)::text
from migratio.quiz_responses as own
where user_id = $1
union all
select 'quiz_answers', to_jsonb(own)::text
from migratio.quiz_answers as own
where user_id = $1
union all
select 'roadmaps', to_jsonb(own)::text
from migratio.roadmaps as own
where user_id = $1
union all
select 'roadmap_shares', (to_jsonb(own) - case when user_id = $1 then '' else 'user_id' end)::text
from migratio.roadmap_shares as own
where user_id = $1
  or shared_with_id = $1
  or lower(email) = (select lower(email) from identity.users where id = $1 and email_verified_at is not null)
union all
select 'document_checklists', to_jsonb(own)::text
from migratio.document_checklists as own
where user_id = $1
union all
select 'documents', to_jsonb(own)::text
from migratio.documents as own
where user_id = $1
union all
select 'documents', jsonb_build_object('id', id, 'verified_by_id', verified_by_id,
  'verification_status', verification_status, 'verification_notes', verification_notes)::text
from migratio.documents as own
where verified_by_id = $1
union all
select 'resources', (to_jsonb(own) - 'search')::text
from migratio.resources as own
where author_id = $1

-- Everything that mentorship stores about a user, table by table: what is theirs, what they wrote, and what they share.
-- $1 user
select 'profiles' as "table!", (to_jsonb(own) - 'weekly_minutes')::text as "row!"
from mentorship.profiles as own
where user_id = $1
union all
select 'matches', to_jsonb(own)::text
from mentorship.matches as own
where mentor_id = $1 or mentee_id = $1
union all
select 'sessions', to_jsonb(own)::text
from mentorship.sessions as own
where mentor_id = $1 or mentee_id = $1
union all
select 'session_notes', to_jsonb(own)::text
from mentorship.session_notes as own
where created_by_id = $1
union all
select 'action_items', to_jsonb(own)::text
from mentorship.action_items as own
where assigned_to_id = $1 or created_by_id = $1
union all
select 'feedback', to_jsonb(own)::text
from mentorship.feedback as own
where from_user_id = $1
union all
select 'user_learning_progress', to_jsonb(own)::text
from mentorship.user_learning_progress as own
where user_id = $1
union all
select 'resources', (to_jsonb(own) - 'search')::text
from mentorship.resources as own
where uploaded_by_id = $1
union all
select 'resource_comments', to_jsonb(own)::text
from mentorship.resource_comments as own
where user_id = $1
union all
select 'milestone_logs', to_jsonb(own)::text
from mentorship.milestone_logs as own
where user_id = $1
union all
select 'group_memberships', to_jsonb(own)::text
from mentorship.group_memberships as own
where user_id = $1
union all
select 'proxy_requests', to_jsonb(own)::text
from mentorship.proxy_requests as own
where mother_id = $1 or proxy_id = $1
union all
select 'mental_health_chats', to_jsonb(own)::text
from mentorship.mental_health_chats as own
where user_id = $1
union all
select 'user_connections', to_jsonb(own)::text
from mentorship.user_connections as own
where requester_id = $1 or receiver_id = $1
union all
select 'direct_messages', to_jsonb(own)::text
from mentorship.direct_messages as own
where sender_id = $1 or receiver_id = $1
union all
select 'microsoft_tokens', (to_jsonb(own) - array['access_token', 'refresh_token'])::text
from mentorship.microsoft_tokens as own
where user_id = $1
union all
select 'reported_issues', to_jsonb(own)::text
from mentorship.reported_issues as own
where user_id = $1
union all
select 'issue_messages', to_jsonb(own)::text
from mentorship.issue_messages as own
where user_id = $1

-- What waits for administrators is counted to 1,000 at most; as a range, lest the planner walk through the primary key.
-- $1 user
select
  array(
    select jsonb_build_object(
      'id', session.id,
      'title', session.title,
      'date', session.date,
      'duration', session.duration,
      'status', session.status,
      'partner_id', session.partner_id,
      'partner_name', (select display_name from identity.users where id = session.partner_id),
      'meeting_link', session.meeting_link,
      'role', session.role)
    from (
      (
        select id, title, date, duration, status, mentee_id as partner_id, meeting_link, 'mentor' as role
        from mentorship.sessions
        where mentor_id = $1
          and date > now()
          and status in ('pending', 'proposed', 'requested', 'rescheduled', 'confirmed')
        order by date, id
        limit 5
      )
      union all
      (
        select id, title, date, duration, status, mentor_id, meeting_link, 'mentee'
        from mentorship.sessions
        where mentee_id = $1
          and date > now()
          and status in ('pending', 'proposed', 'requested', 'rescheduled', 'confirmed')
        order by date, id
        limit 5
      )
    ) as session
    order by session.date, session.id
    limit 5
  ) as "upcoming_sessions!: Vec<UpcomingSession>",
  (
    select count(*)
    from mentorship.action_items
    where assigned_to_id = $1
      and status <> 'completed'
  ) as "open_action_items_count!",
  array(
    select jsonb_build_object(
      'id', id,
      'session_id', session_id,
      'title', title,
      'due_date', due_date,
      'status', status)
    from mentorship.action_items
    where assigned_to_id = $1
      and status <> 'completed'
    order by due_date nulls last, id
    limit 10
  ) as "open_action_items!: Vec<OpenActionItem>",
  (
    select count(*)
    from mentorship.direct_messages
    where receiver_id = $1
      and not read
  ) as "unread_messages!",
  (
    select jsonb_build_object(
      'sessions', (
        select count(*)
        from mentorship.sessions
        where mentor_id = $1
          and greatest(date, proposed_date) > now()
          and (status = 'requested' or status = 'rescheduled' and proposed_by is distinct from $1)
      ) + (
        select count(*)
        from mentorship.sessions
        where mentee_id = $1
          and greatest(date, proposed_date) > now()
          and (status = 'proposed' or status = 'rescheduled' and proposed_by is distinct from $1)
      ),
      'connections', (
        select count(*)
        from mentorship.user_connections
        where receiver_id = $1
          and status = 'pending'
      ),
      'proxy_requests', (
        select count(*)
        from mentorship.proxy_requests
        where proxy_id = $1
          and status = 'pending'
      ),
      'matches', case when administers then (
        select count(*)
        from (
          select
          from mentorship.matches
          where status between 'pending' and 'pending'
          order by status, id
          limit 1000
        ) as waiting
      ) end,
      'issues', case when administers then (
        select count(*)
        from (
          select
          from mentorship.reported_issues
          where status between 'open' and 'open'
          order by status, id
          limit 1000
        ) as waiting
      ) end)
    from identity.has_role($1, 'mentorship', 'admin') as administers
  ) as "pending!: Pending"

-- $1 the organization of the demo
insert into mentorship.proxy_requests
  (id, mother_id, proxy_id, status, start_date, expected_end_date, actual_end_date, notes, created_at, updated_at)
select request.id,
       mother.id,
       proxy.id,
       request.status,
       current_date + request."startInDays",
       current_date + request."endInDays",
       current_date + request."actualInDays",
       request.notes,
       now() - request."createdDaysAgo" * interval '1 day',
       now() - request."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'proxyRequests') as request (
  id uuid,
  mother text,
  proxy text,
  status mentorship.proxy_request_status,
  "startInDays" integer,
  "endInDays" integer,
  "actualInDays" integer,
  notes text,
  "createdDaysAgo" double precision,
  "changedDaysAgo" double precision)
join identity.users as mother on mother.id = ($1::jsonb #>> array['people', request.mother])::uuid
join identity.users as proxy on proxy.id = ($1::jsonb #>> array['people', request.proxy])::uuid
on conflict do nothing

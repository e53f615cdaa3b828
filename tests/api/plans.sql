-- Volume for the plans: 20,000 users with 25 jobs each and two or so of all else that they can have, 50,000 skills, 100,000
-- members of mentorship and a million messages, 50,000 doctors and 400,000 slots, 5,000 programmes and 120,000
-- recommendations. No triggers, no foreign keys: only the shape counts.
set session_replication_role = replica;

create temporary table person as
select base.uuid_v7() as id, number
from generate_series(1, 20000) as number;

insert into identity.users (id, email, phone, username, password_hash, first_name, last_name, status)
select id, 'user' || number || '@example.com', '+35191' || lpad(number::text, 7, '0'), 'user' || number,
       repeat('x', 90), 'First' || number, 'Last' || number,
       case when number % 50 = 0 then 'suspended' else 'active' end::identity.user_status
from person;

insert into identity.accounts (user_id, type, provider, provider_account_id, access_token)
select id, 'oidc', 'google', number::text || round, '\x00'
from person
cross join generate_series(1, 2) as round;

insert into identity.role_grants (user_id, domain, role_code)
select person.id, role.domain, role.code
from person
cross join (values ('coach'::identity.domain, 'USER'), ('migratio', 'user')) as role (domain, code);

insert into identity.consents (user_id, purpose, granted, policy_version)
select id, 'purpose' || round, true, '1'
from person
cross join generate_series(1, 2) as round;

insert into identity.sessions (user_id, family_id, refresh_token_hash, expires_at)
select id, base.uuid_v7(), sha256((number || ' ' || round)::bytea), now() + make_interval(hours => number - 20)
from person
cross join generate_series(1, 2) as round;

insert into identity.one_time_tokens (user_id, purpose, email, token_hash, expires_at)
select id, purpose, 'user' || number || '@example.com', sha256((number || ' ' || purpose)::bytea),
       now() + make_interval(hours => number - 20)
from person
cross join unnest(enum_range(null::identity.token_purpose)) as purpose;

insert into identity.login_failures (kind, subject_hash, expires_at)
select kind, sha256(number::text::bytea), now() + make_interval(hours => number - 20)
from person
cross join unnest(enum_range(null::identity.login_subject)) as kind;

insert into identity.idempotency_keys (user_id, key, request_hash, status, expires_at)
select id, 'key' || round, sha256(''), 201, now() + make_interval(hours => number - 20)
from person
cross join generate_series(1, 2) as round;

insert into coach.user_profiles (user_id, city)
select id, 'Lisbon'
from person;

insert into coach.experiences (user_id, user_profile_id, company, position, start_date)
select user_id, id, 'Acme', 'Engineer', '2020-01-01'
from coach.user_profiles
cross join generate_series(1, 2);

insert into coach.educations (user_id, user_profile_id, institution, degree, field_of_study, start_date)
select user_id, id, 'University', 'BSc', 'Physics', '2010-01-01'
from coach.user_profiles
cross join generate_series(1, 2);

insert into coach.skills (user_id, user_profile_id, name, category, level)
select user_id, id, 'Skill ' || round, 'Category ' || round % 3, 'EXPERT'
from coach.user_profiles
cross join generate_series(1, 2) as round;

insert into coach.certifications (user_id, user_profile_id, name, issuing_organization, issue_date)
select user_id, id, 'Certificate', 'Issuer', '2020-01-01'
from coach.user_profiles
cross join generate_series(1, 2);

insert into coach.resumes (user_id, title, file_name, file_size, mime_type, is_primary)
select id, 'Resume', 'resume.pdf', 1000, 'application/pdf', round = 1
from person
cross join generate_series(1, 2) as round;

-- So many that keys in the order of their making would take their time.
insert into coach.jobs (user_id, id, title, company, status, applied_at, match_score)
select id, gen_random_uuid(), 'Engineer', 'Company ' || round,
       (enum_range(null::coach.job_status))[1 + round % 8], now() - make_interval(days => round), round
from person
cross join generate_series(1, 25) as round;

insert into coach.status_changes (user_id, job_id, to_status)
select user_id, id, status
from coach.jobs
where match_score <= 4;

insert into coach.applications (user_id, job_id, status, submitted_at)
select user_id, id, 'SUBMITTED', now()
from coach.jobs
where match_score <= 2;

insert into coach.interviews (user_id, job_id, interview_type, scheduled_at)
select user_id, id, 'VIDEO', now() + make_interval(days => match_score)
from coach.jobs
where match_score <= 2;

insert into coach.mock_interviews (user_id, title, interview_type)
select id, 'Rehearsal', 'VIDEO'
from person
cross join generate_series(1, 2);

insert into coach.documents (user_id, job_id, document_type, title, file_name, file_size, mime_type)
select user_id, id, 'OTHER', 'Document', 'document.pdf', 1000, 'application/pdf'
from coach.jobs
where match_score <= 2;

insert into coach.career_goals (user_id, title, status, progress)
select id, 'Goal ' || round, (enum_range(null::coach.goal_status))[1 + round % 4], case round % 4 when 2 then 100 else 0 end
from person
cross join generate_series(1, 5) as round;

insert into coach.assessments (user_id, type, title)
select id, 'Type ' || round % 3, 'Assessment ' || round
from person
cross join generate_series(1, 5) as round;

insert into coach.conversations (user_id, context, updated_at)
select id, 'Context ' || round % 3, now() - make_interval(days => round)
from person
cross join generate_series(1, 5) as round;

insert into coach.messages (user_id, conversation_id, role, content, created_at)
select user_id, id, 'user', 'Message ' || round, now() - make_interval(hours => round)
from coach.conversations
cross join generate_series(1, 4) as round;

insert into smatrx.profiles (user_id, target_role, industries, languages)
select id, 'Role ' || number % 200, array['Industry ' || number % 50], array['Language ' || number % 20]
from person;

insert into smatrx.skill_categories (id, name, slug)
select base.uuid_v7(), 'Category ' || number, 'category-' || number
from generate_series(1, 10) as number;

create temporary table skill as
select base.uuid_v7() as id, number
from generate_series(1, 50000) as number;

insert into smatrx.skills (id, name, slug, category_id, tags, market_demand)
select skill.id, initcap(md5(skill.number::text)), 'skill-' || skill.number, category.id,
       array['tag' || skill.number % 500, 'tag' || skill.number % 7],
       (enum_range(null::smatrx.market_demand))[1 + skill.number % 3]
from skill
join smatrx.skill_categories as category on category.slug = 'category-' || 1 + skill.number % 10;

insert into smatrx.user_skills (user_id, skill_id, level, proficiency_score)
select person.id, skill.id, 'advanced', round * 20
from person
cross join generate_series(1, 5) as round
join skill on skill.number = 1 + (person.number * 7 + round * 1000) % 50000;

insert into smatrx.skill_imports (user_id, source, status, progress, results, completed_at)
select id, 'resume', 'completed', 100, '{}', now()
from person
cross join generate_series(1, 2);

insert into smatrx.skill_import_skills (user_id, import_id, skill_id)
select import.user_id, import.id, own.skill_id
from smatrx.skill_imports as import
join smatrx.user_skills as own using (user_id);

insert into smatrx.career_goals (user_id, title, type)
select id, 'Goal ' || round, 'skill'
from person
cross join generate_series(1, 5) as round;

insert into smatrx.achievements (user_id, title, type, points)
select id, 'Achievement ' || round, 'milestone', round
from person
cross join generate_series(1, 5) as round;

insert into smatrx.skill_analyses (user_id, analysis_type, data)
select id, (enum_range(null::smatrx.analysis_type))[1 + round % 3], '{}'
from person
cross join generate_series(1, 5) as round;

create temporary table member as
select id, number
from person
union all
select base.uuid_v7(), number
from generate_series(20001, 100000) as number;

insert into identity.users (id, username, display_name)
select id, 'user' || number, 'Member ' || number
from member
where number > 20000;

insert into identity.role_grants (user_id, domain, role_code)
select id, 'mentorship', (array['mentor', 'mentee', 'new_mother', 'mentee', 'mentee'])[1 + number % 5]
from member;

alter index mentorship.profiles_skills_interests_idx set (fastupdate = on);
alter index mentorship.profiles_area_of_expertise_idx set (fastupdate = on);
insert into mentorship.profiles
  (user_id, skills, interests, area_of_expertise, max_mentee_capacity, current_mentee_count, supports_new_mothers)
select id, array['Skill ' || number % 500, 'Skill ' || number % 37], array['Interest ' || number % 200],
       'Expertise ' || number % 300, case number % 5 when 0 then 3 else 0 end, case number % 15 when 0 then 3 else 0 end,
       number % 10 = 0
from member;

insert into mentorship.matches (mentor_id, mentee_id, status)
select mentor.id, mentee.id, (enum_range(null::mentorship.match_status))[1 + mentee.number % 3]
from member as mentee
join member as mentor on mentor.number = mentee.number - mentee.number % 5 + 5
where mentee.number % 5 > 0;

insert into mentorship.sessions (mentor_id, mentee_id, title, date, duration, status)
select mentor_id, mentee_id, 'Session ' || round, now() + make_interval(days => round - 2), 60,
       (enum_range(null::mentorship.session_status))[1 + round]
from mentorship.matches
cross join generate_series(1, 3) as round
where status = 'approved';

insert into mentorship.session_notes (session_id, created_by_id, notes, is_private)
select id, mentor_id, 'Note', round = 1
from mentorship.sessions
cross join generate_series(1, 2) as round;

insert into mentorship.action_items (session_id, assigned_to_id, created_by_id, title, status)
select id, mentee_id, mentor_id, 'Item', (enum_range(null::mentorship.action_item_status))[round]
from mentorship.sessions
cross join generate_series(1, 3) as round;

insert into mentorship.feedback (session_id, from_user_id, rating)
select id, mentee_id, 5
from mentorship.sessions;

insert into mentorship.learning_paths (title, category)
select 'Path ' || number, 'Category ' || number % 20
from generate_series(1, 2000) as number;

insert into mentorship.user_learning_progress (user_id, path_id)
select person.id, path.id
from person
cross join (select id from mentorship.learning_paths limit 2) as path;

insert into mentorship.resources (title, type, uploaded_by_id, is_published, category, tags)
select 'Resource ' || md5(number::text), (enum_range(null::mentorship.resource_type))[1 + number % 5], id, number % 10 > 0,
       'Category ' || number % 50, array['tag' || number % 300]
from person;

insert into mentorship.resource_comments (resource_id, user_id, content)
select id, uploaded_by_id, 'Comment'
from mentorship.resources
cross join generate_series(1, 3);

insert into mentorship.milestone_logs (user_id, type, title, date)
select id, 'Type ' || round % 3, 'Milestone', now()
from person
cross join generate_series(1, 4) as round;

insert into mentorship.support_groups (name)
select 'Group ' || number
from generate_series(1, 2000) as number;

insert into mentorship.group_memberships (user_id, group_id)
select person.id, circle.id
from person
cross join lateral (values (1 + number % 1000), (1001 + number % 1000)) as chosen (number)
join mentorship.support_groups as circle on circle.name = 'Group ' || chosen.number;

insert into mentorship.proxy_requests (mother_id, proxy_id, status, start_date, expected_end_date)
select mother.id, proxy.id, (enum_range(null::mentorship.proxy_request_status))[1 + mother.number % 3],
       '2026-01-01', '2026-06-01'
from person as mother
join person as proxy on proxy.number = 20001 - mother.number;

insert into mentorship.mental_health_chats (user_id, message)
select id, 'Message'
from person
cross join generate_series(1, 4);

insert into mentorship.user_connections (requester_id, receiver_id, status)
select one.id, other.id, (enum_range(null::mentorship.connection_status))[1 + one.number % 3]
from person as one
cross join generate_series(1, 3) as round
join person as other on other.number = one.number + round;

insert into mentorship.direct_messages (sender_id, receiver_id, message, read)
select one.id, other.id, 'Message ' || round, round % 10 > 0
from person as one
cross join generate_series(1, 50) as round
join person as other on other.number = 1 + (one.number + round % 7) % 20000;

insert into mentorship.microsoft_tokens (user_id, microsoft_email, access_token, expires_at)
select id, 'user' || number || '@example.com', '\x00', now()
from person;

insert into mentorship.reported_issues (user_id, title, description, status, assigned_to_id)
select id, 'Issue', 'Words', (enum_range(null::mentorship.issue_status))[1 + number % 3], case number % 5 when 0 then id end
from person;

insert into mentorship.issue_messages (issue_id, user_id, message)
select id, user_id, 'Message'
from mentorship.reported_issues
cross join generate_series(1, 2);

create temporary table doctor as
select base.uuid_v7() as id, base.uuid_v7() as user_id, gen_random_uuid() as clinic_id, number
from generate_series(1, 50000) as number;

insert into identity.users (id, username, password_hash)
select user_id, 'doctor' || number, repeat('x', 90)
from doctor;

insert into identity.role_grants (user_id, domain, role_code)
select user_id, 'visitnow', 'doctor'
from doctor;

insert into visitnow.providers
  (id, user_id, display_name, specializations, languages, about, experience_years, status, rating_total, rating_count)
select id, user_id, 'Dr. First' || number % 487 || ' Last' || number % 4999,
       array['Specialty ' || number % 40, 'Field ' || number % 997] || case when number % 2 = 0 then array['General'] else '{}' end,
       array['en'] || case when number % 3 = 0 then array['de'] else '{}' end || case when number % 211 = 0 then array['pt-BR'] else '{}' end,
       repeat('About ', 40), number % 40,
       case when number % 20 = 0 then 'suspended' when number % 20 = 1 then 'pending' else 'active' end::visitnow.provider_status,
       case when number % 10 < 3 then 0 else (1 + number % 30) * 2 + number % (1 + number % 30) end,
       case when number % 10 < 3 then 0 else 1 + number % 30 end
from doctor;

insert into visitnow.clinics (id, provider_id, name, geo, time_zone)
select clinic_id, doctor.id, 'Clinic ' || number,
       point(-120 + 3 * (number % 20) + 0.8 * (random() - 0.5), 25 + 1.5 * (number % 20) + 0.6 * (random() - 0.5)), 'Europe/Berlin'
from doctor;

do $$
declare
  index record;
begin
  create temporary table slot_indexes as
  select indexrelid::regclass as name, pg_get_indexdef(indexrelid) as definition
  from pg_index
  where indrelid = 'visitnow.slots'::regclass
    and not exists (select from pg_constraint where conindid = indexrelid);
  alter table visitnow.slots drop constraint slots_provider_id_excl;
  for index in select name from slot_indexes loop
    execute 'drop index ' || index.name;
  end loop;
  insert into visitnow.slots (id, provider_id, clinic_id, start_at, end_at, mode, status)
  select gen_random_uuid(), doctor.id, clinic_id, start_at, start_at + interval '30 minutes',
         case when number % 500 = 3 then 'phone' when (number + round) % 2 = 0 then 'video' else 'in_person' end::visitnow.visit_mode,
         case (number + round) % 20 when 0 then 'blocked' when 1 then 'booked' when 2 then 'booked' when 3 then 'booked'
           when 4 then 'booked' when 5 then 'booked' else 'open' end::visitnow.slot_status
  from doctor
  cross join generate_series(0, 7) as round
  cross join lateral (
    select date_trunc('hour', now()) + make_interval(days => round * 7 - 15 + number % 2, hours => (number * 7 + round * 5) % 24)
  ) as time (start_at);
  for index in select definition from slot_indexes loop
    execute index.definition;
  end loop;
end
$$;

insert into visitnow.availability_templates (provider_id, clinic_id, slot_duration, slots)
select id, clinic_id, 30, '[{"weekday": "monday", "start": "09:00", "end": "12:00", "mode": "video"}]'
from doctor
where number % 5 = 0;

insert into visitnow.services (provider_id, name, duration_minutes, mode)
select id, 'Service ' || round, 30, 'video'
from doctor
cross join generate_series(1, 2) as round;

insert into visitnow.credentials (provider_id, type, document_url, status, expires_on)
select id, 'license', 'https://example.com/' || number, (enum_range(null::visitnow.credential_status))[1 + number % 4],
       current_date + number % 2000
from doctor;

insert into visitnow.staff_members (provider_id, user_id, role, permissions)
select doctor.id, person.id, 'assistant', '{appointments:write,clinic:write}'
from person
join doctor using (number);

insert into visitnow.patients (id, user_id, full_name)
select id, id, 'Patient ' || number
from person;

insert into visitnow.dependants (patient_id, full_name, relationship)
select id, 'Dependant', 'child'
from person
cross join generate_series(1, 2);

insert into visitnow.preferences (patient_id)
select id
from person;

insert into visitnow.appointments
  (patient_id, provider_id, clinic_id, slot_id, scheduled_start, scheduled_end, channel, status)
select person.id, doctor.id, doctor.clinic_id, base.uuid_v7(), start_at, start_at + interval '30 minutes', 'video',
       case when round > 18 then 'confirmed' else 'completed' end::visitnow.appointment_status
from person
cross join generate_series(14, 19) as round
join doctor on doctor.number = 1 + (person.number + round * 2503) % 50000
cross join lateral (
  select now() + make_interval(days => 7 * (round - 18), mins => 31 * (person.number % 40))
) as time (start_at)
on conflict do nothing;

insert into visitnow.waitlist (patient_id, provider_id, desired_range, status)
select person.id, doctor.id, tstzrange(now() - interval '9 days', now() + make_interval(mins => 20 * person.number - 9999)),
       (enum_range(null::visitnow.waitlist_status))[1 + round]
from person
cross join generate_series(0, 2, 2) as round
join doctor on doctor.number = 1 + (person.number + round) % 2000;

update visitnow.slots
set status = 'held', held_for_id = offered.id, held_until = now() + interval '15 minutes'
from (
  select waitlist.id, slot.id as slot_id
  from visitnow.waitlist
  cross join lateral (
    select id
    from visitnow.slots
    where slots.provider_id = waitlist.provider_id
      and status = 'open'
    order by start_at desc
    limit 1
  ) as slot
  where waitlist.status = 'expired'
  limit 1000
) as offered
where slots.id = offered.slot_id
  and slots.status = 'open'
  and not exists (select from visitnow.slots as other where other.held_for_id = offered.id);

insert into visitnow.conversations (id, provider_id, patient_id, subject)
select base.uuid_v7(), doctor.id, person.id, 'Subject'
from person
cross join generate_series(1, 3) as round
join doctor on doctor.number = 1 + (person.number * round) % 5000;

insert into visitnow.messages (conversation_id, sender_id, from_patient, content, read_at)
select conversations.id, patient_id, round % 2 = 0, 'Message', case when round < 9 then now() end
from visitnow.conversations
cross join generate_series(6, 9) as round;

insert into visitnow.notifications (user_id, template_key, channel, status, next_attempt_at, recipient, reason, expires_at)
select id, 'appointment.confirmed', 'email', what.status,
       case what.status when 'queued' then now() + make_interval(mins => number) end, 'user@example.com', 'why',
       case when round = 7 then now() + make_interval(hours => number - 20) end
from person
cross join generate_series(7, 10) as round
cross join lateral (
  select (case when round = 10 and number % 20 = 0 then 'queued' when round = 9 then 'failed' else 'sent' end
  )::visitnow.notification_status
) as what (status);

insert into visitnow.tickets (id, category, priority, status, subject, description, assigned_to_id)
select id, 'other', (enum_range(null::visitnow.ticket_priority))[1 + number % 4],
       (enum_range(null::visitnow.ticket_status))[1 + number % 5], 'Subject', 'Words', case number % 5 when 0 then id end
from person;

insert into visitnow.ticket_participants (ticket_id, user_id)
select id, id
from person;

insert into migratio.countries (name, alpha2, alpha3, region, is_destination_country)
select 'Country ' || number, chr(65 + number / 26) || chr(65 + number % 26),
       chr(65 + number / 26) || chr(65 + number % 26) || 'X', 'Region ' || number % 5, number % 10 = 0
from generate_series(0, 248) as number;

insert into migratio.occupation_codes (system, code, title, keywords)
select (enum_range(null::migratio.occupation_system))[1 + number % 5], number, 'Occupation ' || number,
       array['keyword' || number % 500]
from generate_series(1, 5000) as number;

insert into migratio.programs (id, country_id, name, category, tags, estimated_cost_usd, processing_time, is_active)
select base.uuid_v7(), country.id, 'Programme ' || number, 'category-' || number % 20, array['tag' || number % 300],
       number * 7 % 9999, jsonb_build_object('averageMonths', number % 60), number % 20 > 0
from generate_series(1, 5000) as number
join (select id, row_number() over (order by id) as place from migratio.countries) as country
  on country.place = 1 + number % 249;

insert into migratio.document_types (code, name, category)
select 'kind-' || number, 'Kind ' || number, 'category-' || number % 9
from generate_series(1, 2000) as number;

create temporary table programme as
select id, row_number() over (order by id) as number from migratio.programs;
create temporary table kind as
select id, row_number() over (order by id) as number from migratio.document_types;

insert into migratio.document_requirements (program_id, document_type_id, name, position)
select programme.id, kind.id, 'Requirement', round
from programme
cross join generate_series(1, 5) as round
join kind on kind.number = 1 + (programme.number * round) % 2000;

insert into migratio.program_documents (program_id, requirement_id)
select program_id, id
from migratio.document_requirements;

insert into migratio.members (user_id, subscription_tier)
select id, (enum_range(null::migratio.subscription_tier))[1 + number % 5]
from person;

insert into migratio.profiles (user_id, derived_skills)
select id, array['skill' || number % 900]
from person;

insert into migratio.profile_destinations (user_id, country_id, preference_rank)
select person.id, country.id, round
from person
cross join generate_series(1, 3) as round
join (select id, row_number() over (order by id) as place from migratio.countries) as country
  on country.place = 1 + (person.number * round) % 249
on conflict (user_id, country_id) do nothing;

insert into migratio.questions (question_id, text, type, section, position)
select 'question' || number, 'What?', 'text', 'section', number
from generate_series(1, 2000) as number;

insert into migratio.quiz_responses (user_id, status, completed_at)
select id, case round when 2 then 'in_progress' else 'completed' end::migratio.quiz_status, case when round < 2 then now() end
from person
cross join generate_series(1, 2) as round;

insert into migratio.quiz_answers (user_id, quiz_response_id, question_id, answer)
select user_id, id, 'question' || round, '"x"'
from migratio.quiz_responses
cross join generate_series(1, 3) as round;

insert into migratio.recommendations (user_id, quiz_response_id, profile_snapshot, archived)
select user_id, id, '{}',
       case when status = 'completed' then '{"isArchived": true, "reason": "superseded"}'::jsonb end
from migratio.quiz_responses;

insert into migratio.recommendation_items (
  user_id, recommendation_id, program_id, rank, match_score, success_probability, preference_score, overall_score, explanation,
  gap_analysis)
select user_id, recommendations.id, programme.id, round, 1, 1, 1, 1, '{}', '{}'
from migratio.recommendations
cross join generate_series(1, 3) as round
join programme on programme.number = 1 + (hashtext(recommendations.id::text) & 4095) + round * 100;

insert into migratio.roadmaps (user_id, program_id, recommendation_item_id, title, status)
select user_id, program_id, id, 'Roadmap', (enum_range(null::migratio.roadmap_status))[1 + (hashtext(id::text) & 3)]
from migratio.recommendation_items
where rank < 3;

insert into migratio.roadmap_shares (user_id, roadmap_id, shared_with_id, email)
select user_id, roadmaps.id, case when status = 'draft' then partner.id end,
       case when status <> 'draft' then person.id || '@example.com' end
from migratio.roadmaps
join person on person.id = roadmaps.user_id
join person as partner on partner.number = person.number + 1;

insert into migratio.documents (
  user_id, document_type_id, title, file_name, file_size_bytes, mime_type, expiry_date, verification_status, verified_by_id)
select person.id, kind.id, 'Document', 'x.pdf', 1, 'application/pdf', current_date + round * 20 + person.number % 90,
       case when round = 5 and person.number % 50 = 0 then 'pending' else 'verified' end::migratio.verification_status,
       case when round < 3 then person.id end
from person
cross join generate_series(1, 5) as round
join kind on kind.number = 1 + (person.number * round) % 2000;

insert into migratio.document_checklists (user_id, roadmap_id, program_id, title)
select user_id, id, program_id, 'Checklist'
from migratio.roadmaps;

insert into migratio.resources (
  title, resource_type, content_body, journey_stage, target_expertise_level, tags, author_id, is_premium, language)
select 'Resource ' || number, 'guide', 'Words',
       array[(enum_range(null::migratio.journey_stage))[1 + number % 5]],
       (enum_range(null::migratio.target_expertise_level))[1 + number % 4], array['tag' || number % 300], id, number % 4 = 0, 'en'
from person;

insert into migratio.resource_countries (resource_id, country_id)
select resource.id, country.id
from (select id, row_number() over (order by id) as number from migratio.resources) as resource
join (select id, row_number() over (order by id) as place from migratio.countries) as country
  on country.place = 1 + resource.number % 249;

insert into migratio.resource_programs (resource_id, program_id)
select resource.id, programme.id
from (select id, row_number() over (order by id) as number from migratio.resources) as resource
join programme on programme.number = 1 + resource.number % 5000;

insert into audit.logs (actor_id, action, entity_type, entity_id)
select user_id, 'insert', 'coach.jobs', id
from coach.jobs
where match_score <= 4;

set session_replication_role = origin;
select gin_clean_pending_list(index) -- as autovacuum does
from unnest(array[
  'identity.users_search_idx', 'smatrx.skills_name_idx', 'smatrx.skills_tags_idx',
  'mentorship.profiles_skills_interests_idx', 'mentorship.profiles_area_of_expertise_idx']::regclass[]) as index;
analyze;

//! Something of a user in every table: what an export must show and an erasure must take.

use crate::support::{TestApp, User};

/// Words of theirs in every text, and secrets in every column that holds some. A new table belongs here, too.
pub async fn fill(app: &TestApp, user: &User<'_>) {
    let (id, name) = (user.id, user.email.split('@').next().unwrap());
    app.execute(&format!(
        "update identity.users set phone = '+49' || (1000000 + hashtext('{name}') % 999999), username = '{name}-1',
           last_name = 'words of {name}', password_hash = 'secret password hash of {name}',
           security_question = 'words of {name}', security_answer_hash = 'secret answer hash of {name}'
         where id = '{id}';
         insert into identity.accounts
           (user_id, type, provider, provider_account_id, access_token, refresh_token, id_token)
         values ('{id}', 'oidc', 'github', 'words of {name}', 'secret access', 'secret refresh', 'secret id');
         insert into identity.sessions (user_id, family_id, refresh_token_hash, user_agent, expires_at)
         values ('{id}', base.uuid_v7(), sha256('secret {name}'), 'words of {name}', now() + interval '1 day');
         insert into identity.consents (user_id, purpose, granted, policy_version)
         values ('{id}', 'marketing', true, 'words of {name}');
         insert into identity.one_time_tokens (user_id, purpose, email, token_hash, expires_at)
         values ('{id}', 'password_reset', '{name}@example.com', sha256('secret token {name}'), now() + interval '1 hour');
         insert into identity.idempotency_keys (user_id, key, request_hash, status, response_body)
         values ('{id}', 'words of {name}', sha256('secret request {name}'), 200, 'secret response');
         insert into coach.user_profiles (user_id, bio) values ('{id}', 'words of {name}');
         insert into coach.experiences (user_id, user_profile_id, company, position, start_date)
         select user_id, id, 'words of {name}', 'x', '2020-01-01' from coach.user_profiles where user_id = '{id}';
         insert into coach.educations (user_id, user_profile_id, institution, degree, field_of_study, start_date)
         select user_id, id, 'words of {name}', 'x', 'x', '2020-01-01' from coach.user_profiles where user_id = '{id}';
         insert into coach.skills (user_id, user_profile_id, name, level)
         select user_id, id, 'words of {name}', 'EXPERT' from coach.user_profiles where user_id = '{id}';
         insert into coach.certifications (user_id, user_profile_id, name, issuing_organization, issue_date)
         select user_id, id, 'words of {name}', 'x', '2020-01-01' from coach.user_profiles where user_id = '{id}';
         insert into coach.resumes (user_id, title, file_name, file_size, mime_type)
         values ('{id}', 'words of {name}', 'x.pdf', 1, 'application/pdf');
         insert into coach.jobs (user_id, title, company, status)
         values ('{id}', 'words of {name}', 'x', 'OFFER_RECEIVED');
         insert into coach.applications (user_id, job_id, resume_id, notes)
         select job.user_id, job.id, resume.id, 'words of {name}'
         from coach.jobs as job join coach.resumes as resume using (user_id) where user_id = '{id}';
         insert into coach.interviews (user_id, job_id, application_id, interview_type, scheduled_at, notes)
         select user_id, job_id, id, 'VIDEO', now(), 'words of {name}' from coach.applications where user_id = '{id}';
         insert into coach.mock_interviews (user_id, interview_id, interview_type, title)
         select user_id, id, 'VIDEO', 'words of {name}' from coach.interviews where user_id = '{id}';
         insert into coach.documents (user_id, job_id, document_type, title, file_name, file_size, mime_type)
         select user_id, id, 'OTHER', 'words of {name}', 'x.pdf', 1, 'application/pdf'
         from coach.jobs where user_id = '{id}';
         insert into coach.career_goals (user_id, title, milestones)
         values ('{id}', 'words of {name}', jsonb_build_array(jsonb_build_object('title', 'words of {name}', 'completed', true)));
         insert into coach.assessments (user_id, type, title, results)
         values ('{id}', 'x', 'words of {name}', jsonb_build_object('words of {name}', 1));
         insert into coach.conversations (user_id, title) values ('{id}', 'words of {name}');
         insert into coach.messages (user_id, conversation_id, role, content)
         select user_id, id, 'user', 'words of {name}' from coach.conversations where user_id = '{id}';
         insert into smatrx.skill_categories (name, slug) values ('Any', 'any') on conflict do nothing;
         insert into smatrx.skills (name, slug, category_id)
         select 'Any', 'any', id from smatrx.skill_categories where slug = 'any'
         on conflict do nothing;
         insert into smatrx.profiles (user_id, bio) values ('{id}', 'words of {name}');
         insert into smatrx.user_skills (user_id, skill_id, level, evidence)
         select '{id}', id, 'expert', jsonb_build_object('words of {name}', 1) from smatrx.skills where slug = 'any';
         insert into smatrx.skill_imports (user_id, source, resume) values ('{id}', 'resume', 'words of {name}');
         insert into smatrx.skill_import_skills (user_id, import_id, skill_id)
         select import.user_id, import.id, skill.id
         from smatrx.skill_imports as import cross join smatrx.skills as skill
         where import.user_id = '{id}' and skill.slug = 'any';
         insert into smatrx.career_goals (user_id, title, type, progress) values ('{id}', 'words of {name}', 'skill', 100);
         insert into smatrx.skill_analyses (user_id, analysis_type, data)
         values ('{id}', 'gap', jsonb_build_object('words of {name}', 1))"
    ))
    .await;
    fill_mentorship(app, user).await;
    fill_visitnow(app, user).await;
    fill_migratio(app, user).await;
}

/// What others still read when somebody is gone has no words of theirs here; see the erasure of messages and comments.
async fn fill_mentorship(app: &TestApp, user: &User<'_>) {
    let (id, name) = (user.id, user.email.split('@').next().unwrap());
    app.execute(&format!(
        "insert into identity.users (username) values ('partner') on conflict do nothing;
         create temporary table partner as select id from identity.users where username = 'partner';
         insert into identity.role_grants (user_id, domain, role_code, granted_by)
         select person, 'mentorship', code, partner.id
         from partner
         cross join lateral (values
           ('{id}'::uuid, 'mentor'), ('{id}', 'new_mother'), (partner.id, 'mentor'), (partner.id, 'mentee')
         ) as held (person, code)
         on conflict do nothing;
         insert into mentorship.learning_paths (title, category)
         select 'Any', 'any' where not exists (select from mentorship.learning_paths);
         insert into mentorship.support_groups (name) values ('Any') on conflict do nothing;
         insert into mentorship.profiles (user_id, bio, max_mentee_capacity) values ('{id}', 'words of {name}', 1);
         insert into mentorship.matches (mentor_id, mentee_id, goal)
         select '{id}', id, 'words of {name}' from partner;
         insert into mentorship.sessions (mentor_id, mentee_id, title, date, duration, status)
         select '{id}', id, 'words of {name}', now(), 60, 'completed' from partner;
         insert into mentorship.session_notes (session_id, created_by_id, notes)
         select id, '{id}', 'words of {name}' from mentorship.sessions where mentor_id = '{id}';
         insert into mentorship.action_items (session_id, assigned_to_id, created_by_id, title)
         select id, '{id}', mentee_id, 'words of {name}' from mentorship.sessions where mentor_id = '{id}';
         insert into mentorship.feedback (session_id, from_user_id, rating, comments)
         select id, '{id}', 5, 'words of {name}' from mentorship.sessions where mentor_id = '{id}';
         insert into mentorship.user_learning_progress (user_id, path_id) select '{id}', id from mentorship.learning_paths;
         insert into mentorship.resources (title, type, uploaded_by_id, is_published) values ('Kept', 'story', '{id}', true);
         insert into mentorship.resource_comments (resource_id, user_id, content)
         select id, '{id}', 'Kept' from mentorship.resources where uploaded_by_id = '{id}';
         insert into mentorship.milestone_logs (user_id, type, title, date) values ('{id}', 'x', 'words of {name}', now());
         insert into mentorship.group_memberships (user_id, group_id) select '{id}', id from mentorship.support_groups;
         insert into mentorship.proxy_requests (mother_id, proxy_id, start_date, expected_end_date, notes)
         select '{id}', id, '2026-01-01', '2026-06-01', 'words of {name}' from partner;
         insert into mentorship.mental_health_chats (user_id, message, sentiment)
         values ('{id}', 'words of {name}', 'words of {name}');
         insert into mentorship.user_connections (requester_id, receiver_id) select '{id}', id from partner;
         insert into mentorship.direct_messages (sender_id, receiver_id, message)
         select '{id}', id, 'words of {name}' from partner
         union all
         select id, '{id}', 'Kept' from partner;
         insert into mentorship.microsoft_tokens (user_id, microsoft_email, access_token, refresh_token, expires_at)
         values ('{id}', 'words-of-{name}@example.com', 'secret access', 'secret refresh', now());
         insert into mentorship.reported_issues (user_id, title, description) values ('{id}', 'Kept', 'Kept');
         insert into mentorship.issue_messages (issue_id, user_id, message)
         select id, '{id}', 'Kept' from mentorship.reported_issues where user_id = '{id}'"
    ))
    .await;
}

/// As a provider and a patient who have the user's id, so that what names them names the user. Notes on somebody else's
/// appointment stay with them.
async fn fill_visitnow(app: &TestApp, user: &User<'_>) {
    let (id, name) = (user.id, user.email.split('@').next().unwrap());
    app.execute(&format!(
        "create temporary table partner as select id from identity.users where username = 'partner';
         insert into identity.role_grants (user_id, domain, role_code, granted_by)
         select person, 'visitnow', code, partner.id
         from partner
         cross join lateral (values
           ('{id}'::uuid, 'doctor'), ('{id}', 'patient'), ('{id}', 'staff'), (partner.id, 'doctor')
         ) as held (person, code)
         on conflict do nothing;
         insert into visitnow.providers (user_id, display_name, status)
         select id, 'Any', 'active' from partner
         on conflict do nothing;
         create temporary table practice as select id from visitnow.providers where display_name = 'Any';
         insert into visitnow.providers (id, user_id, display_name) values ('{id}', '{id}', 'words of {name}');
         insert into visitnow.clinics (provider_id, name, time_zone)
         values ('{id}', 'words of {name}', 'UTC');
         insert into visitnow.services (provider_id, name, duration_minutes, mode)
         values ('{id}', 'words of {name}', 30, 'video');
         insert into visitnow.credentials (provider_id, type, document_url, notes)
         values ('{id}', 'license', 'https://example.com/1', 'words of {name}');
         insert into visitnow.staff_members (provider_id, user_id, role)
         select id, '{id}', 'nurse' from practice;
         insert into visitnow.patients (id, user_id, full_name, medical_history)
         values ('{id}', '{id}', 'words of {name}', jsonb_build_object('notes', 'words of {name}'));
         insert into visitnow.dependants (patient_id, full_name, relationship)
         values ('{id}', 'words of {name}', 'child');
         insert into visitnow.preferences (patient_id) values ('{id}');
         insert into visitnow.availability_templates (provider_id, clinic_id, slot_duration)
         select provider_id, id, 30 from visitnow.clinics where provider_id = '{id}';
         insert into visitnow.slots (provider_id, clinic_id, start_at, end_at, mode)
         select provider_id, id, now(), now() + interval '1 hour', 'video'
         from visitnow.clinics where provider_id = '{id}';
         select set_config('trellis.note', 'words of {name}', false);
         insert into visitnow.appointments (
           patient_id, dependant_id, provider_id, scheduled_start, scheduled_end, channel, reason, notes, status)
         select '{id}', person.id, practice.id, day, day + interval '1 hour', 'video', 'words of {name}', 'words of {name}',
           state::visitnow.appointment_status
         from practice
         join visitnow.dependants as dependant on patient_id = '{id}'
         cross join lateral (values
           (now() - interval '9 days', 'completed', null), (now() + abs(hashtext('{name}')) % 9999 * interval '1 hour', 'confirmed', dependant.id)
         ) as person (day, state, id);
         select set_config('trellis.note', '', false);
         insert into visitnow.waitlist (patient_id, provider_id, desired_range)
         select '{id}', id, tstzrange(now(), now() + interval '1 day') from practice;
         insert into visitnow.conversations (provider_id, patient_id, subject)
         select id, '{id}', 'words of {name}' from practice;
         insert into visitnow.messages (conversation_id, sender_id, from_patient, content)
         select id, '{id}', true, 'words of {name}' from visitnow.conversations where patient_id = '{id}';
         insert into visitnow.notifications (user_id, template_key, channel, recipient, meta)
         values ('{id}', 'x', 'email', 'words-of-{name}@example.com', jsonb_build_object('x', 'words of {name}'));
         insert into visitnow.tickets (category, subject, description)
         values ('other', 'words of {name}', '{id}');
         insert into visitnow.ticket_participants (ticket_id, user_id)
         select id, '{id}' from visitnow.tickets where subject = 'words of {name}'"
    ))
    .await;
}

/// What is kept encrypted has words of nobody: the database does not know them.
async fn fill_migratio(app: &TestApp, user: &User<'_>) {
    let (id, name) = (user.id, user.email.split('@').next().unwrap());
    app.execute(&format!(
        "insert into migratio.countries (name, alpha2, alpha3) values ('Any', 'ZZ', 'ZZZ') on conflict do nothing;
         insert into migratio.programs (country_id, name, category)
         select id, 'Any', 'any' from migratio.countries where alpha2 = 'ZZ' on conflict do nothing;
         create temporary table way as select id from migratio.programs where name = 'Any';
         insert into migratio.document_types (code, name, category) values ('any', 'Any', 'any') on conflict do nothing;
         insert into migratio.questions (question_id, text, type, section, position)
         values ('any', 'Any', 'text', 'any', 1) on conflict do nothing;
         insert into migratio.members (user_id, payment_gateway_customer_id) values ('{id}', 'words-of-{name}');
         insert into migratio.profile_destinations (user_id, country_id, preference_rank)
         select '{id}', id, 1 from migratio.countries where alpha2 = 'ZZ';
         insert into migratio.profiles (user_id, work_experience)
         values ('{id}', jsonb_build_array(jsonb_build_object('skills', array['words of {name}'])));
         insert into migratio.quiz_responses (user_id, device_info)
         values ('{id}', jsonb_build_object('x', 'words of {name}'));
         insert into migratio.quiz_answers (user_id, quiz_response_id, question_id, answer)
         select '{id}', id, 'any', to_jsonb('words of {name}'::text) from migratio.quiz_responses where user_id = '{id}';
         insert into migratio.recommendations (user_id, quiz_response_id, profile_snapshot)
         select '{id}', id, jsonb_build_object('x', 'words of {name}') from migratio.quiz_responses where user_id = '{id}';
         insert into migratio.recommendation_items (
           user_id, recommendation_id, program_id, rank, match_score, success_probability, preference_score, overall_score,
           explanation, gap_analysis)
         select '{id}', set.id, way.id, 1, 1, 1, 1, 1, jsonb_build_object('summary', 'words of {name}'), '{{}}'
         from way cross join migratio.recommendations as set where user_id = '{id}';
         insert into migratio.roadmaps (user_id, program_id, title) select '{id}', id, 'words of {name}' from way;
         insert into migratio.roadmap_shares (user_id, roadmap_id, email)
         select '{id}', id, 'words-of-{name}@example.com' from migratio.roadmaps where user_id = '{id}';
         insert into migratio.document_checklists (user_id, program_id, title) select '{id}', id, 'words of {name}' from way;
         insert into migratio.documents (user_id, document_type_id, title, file_name, file_size_bytes, mime_type)
         select '{id}', id, 'words of {name}', 'x.pdf', 1, 'application/pdf' from migratio.document_types;
         insert into migratio.resources (title, resource_type, content_body, author_id) values ('Kept', 'guide', 'Kept', '{id}')"
    ))
    .await;
}

//! Who may do what: every operation, asked for by everybody.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use crate::{
    contract::{Resource, codes_of_its_own, example, resources},
    mentorship, migratio,
    openapi::{Operation, document, operations},
    smatrx::skill,
    support::{Caller, Response, TestApp, User},
    visitnow,
};

/// Statuses for nobody, another user, an administrator of platform and products, and the owner, in this
/// order: each may spoil what the next one finds.
type Expected = [u16; 4];

/// Uniform resources of which each row needs a skill of its own; their tests prove what the contract does.
const OF_ONE_SKILL_EACH: &[&str] = &["/v1/smatrx/user-skills"];

/// Resources whose rows several people share, who may not do the same; their tests prove what the contract does.
const SHARED: &[&str] = &[
    "/v1/mentorship/issues",
    "/v1/mentorship/proxy-requests",
    "/v1/mentorship/resources",
    "/v1/mentorship/sessions",
    "/v1/migratio/roadmaps",
    "/v1/visitnow/availability-templates",
    "/v1/visitnow/clinics",
    "/v1/visitnow/credentials",
    "/v1/visitnow/services",
    "/v1/visitnow/staff",
    "/v1/visitnow/waitlist",
];

/// Resources that are not read as they are written: their words are encrypted, their parts have routes of their own, or
/// reading is counted; their tests prove what the contract does.
const READ_OTHERWISE: &[&str] =
    &["/v1/migratio/document-checklists", "/v1/migratio/documents", "/v1/migratio/resources"];
/// Catalogues that are listed by name; their tests prove what the contract does.
const BY_NAME: &[&str] = &["/v1/migratio/countries"];

/// Resources of which no answer is stored for an `Idempotency-Key`; their tests prove what the contract does.
const UNSTORED: &[&str] = &["/v1/visitnow/patients/me/dependants"];

/// Catalogues whose rows have codes of their own, and an order; their tests prove what the contract does.
const CODED: &[&str] = &["/v1/migratio/questions"];

/// Operations that differ from the uniform ones.
const KNOWN: &[(&str, Expected)] = &[
    // Everybody's own.
    ("identity_auth_logout", [401, 204, 204, 204]),
    ("identity_auth_logout_all", [401, 204, 204, 204]),
    ("identity_me_get", [401, 200, 200, 200]),
    ("identity_me_update", [401, 200, 200, 200]),
    ("identity_me_export", [401, 200, 200, 200]),
    // Refused for want of proof, which is past authorization.
    ("identity_me_password", [401, 403, 403, 403]),
    ("identity_me_delete", [401, 403, 403, 403]),
    ("identity_roles_take", [401, 200, 200, 200]),
    ("identity_roles_give_up", [401, 204, 204, 204]),
    ("identity_sessions_delete", [401, 404, 404, 204]),
    ("coach_profile_get", [401, 404, 404, 200]),
    ("coach_profile_replace", [401, 201, 201, 200]),
    ("coach_profile_update", [401, 200, 200, 200]),
    ("smatrx_profile_get", [401, 404, 404, 200]),
    ("smatrx_profile_replace", [401, 201, 201, 200]),
    ("smatrx_profile_update", [401, 200, 200, 200]),
    ("smatrx_profile_onboarding_complete", [401, 200, 200, 200]),
    // Views and moves of what somebody owns.
    ("coach_dashboard", [401, 200, 200, 200]),
    ("coach_jobs_board", [401, 200, 200, 200]),
    ("coach_jobs_active", [401, 200, 200, 200]),
    ("coach_jobs_stats", [401, 200, 200, 200]),
    ("coach_jobs_details", [401, 404, 404, 200]),
    ("coach_jobs_status", [401, 404, 404, 200]),
    ("coach_jobs_status_changes", [401, 404, 404, 200]),
    ("coach_skills_by_category", [401, 200, 200, 200]),
    ("coach_resumes_primary", [401, 404, 404, 200]),
    ("coach_applications_submit", [401, 404, 404, 200]),
    ("coach_interviews_upcoming", [401, 200, 200, 200]),
    ("coach_interviews_stats", [401, 200, 200, 200]),
    ("coach_interviews_outcome", [401, 404, 404, 200]),
    ("coach_mock_interviews_append", [401, 404, 404, 200]),
    ("coach_mock_interviews_complete", [401, 404, 404, 200]),
    ("coach_career_goals_milestone", [401, 404, 404, 200]),
    ("smatrx_user_skills_summary", [401, 200, 200, 200]),
    ("smatrx_imports_create", [401, 202, 202, 202]),
    // Below a conversation of somebody's.
    ("coach_messages_list", [401, 404, 404, 200]),
    ("coach_messages_create", [401, 404, 404, 201]),
    ("coach_messages_get", [401, 404, 404, 200]),
    ("coach_messages_replace", [401, 404, 404, 200]),
    ("coach_messages_update", [401, 404, 404, 200]),
    ("coach_messages_delete", [401, 404, 404, 204]),
    // The first request of others makes their own.
    ("mentorship_profile_get", [401, 404, 404, 200]),
    ("mentorship_profile_replace", [401, 201, 201, 200]),
    ("mentorship_profile_update", [401, 200, 200, 200]),
    ("mentorship_profile_onboarding", [401, 200, 200, 200]),
    ("mentorship_profiles_get", [401, 200, 200, 200]),
    ("mentorship_mentors_list", [401, 200, 200, 200]),
    // Asked for by the owner, decided by the administrator.
    ("mentorship_matches_create", [401, 403, 403, 201]),
    ("mentorship_matches_get", [401, 404, 200, 200]),
    ("mentorship_matches_delete", [401, 404, 204, 404]),
    ("mentorship_matches_approve", [401, 403, 200, 403]),
    ("mentorship_matches_reject", [401, 403, 200, 403]),
    // The owner is asked.
    ("mentorship_user_connections_accept", [401, 404, 404, 200]),
    ("mentorship_user_connections_reject", [401, 404, 404, 200]),
    // Of a mentor and a mentee; the owner is the mentor.
    ("mentorship_sessions_create", [401, 403, 403, 201]),
    ("mentorship_sessions_confirm", [401, 404, 404, 200]),
    ("mentorship_sessions_reject", [401, 404, 404, 200]),
    ("mentorship_sessions_reschedule", [401, 404, 404, 200]),
    ("mentorship_sessions_cancel", [401, 404, 404, 200]),
    ("mentorship_sessions_complete", [401, 404, 404, 200]),
    ("mentorship_session_notes_list", [401, 404, 404, 200]),
    ("mentorship_session_notes_create", [401, 404, 404, 201]),
    ("mentorship_session_notes_get", [401, 404, 404, 200]),
    ("mentorship_session_notes_replace", [401, 404, 404, 200]),
    ("mentorship_session_notes_update", [401, 404, 404, 200]),
    ("mentorship_session_notes_delete", [401, 404, 404, 204]),
    ("mentorship_session_action_items_list", [401, 404, 404, 200]),
    ("mentorship_session_action_items_create", [401, 404, 404, 201]),
    ("mentorship_action_items_start", [401, 404, 404, 200]),
    ("mentorship_action_items_complete", [401, 404, 404, 200]),
    ("mentorship_action_items_reopen", [401, 404, 404, 200]),
    ("mentorship_feedback_list", [401, 404, 404, 200]),
    ("mentorship_feedback_create", [401, 404, 404, 201]),
    ("mentorship_feedback_get", [401, 404, 404, 200]),
    ("mentorship_feedback_replace", [401, 404, 404, 200]),
    ("mentorship_feedback_update", [401, 404, 404, 200]),
    ("mentorship_feedback_delete", [401, 404, 404, 204]),
    ("smatrx_achievements_points", [401, 200, 200, 200]),
    ("smatrx_skill_analyses_latest", [401, 404, 404, 200]),
    ("smatrx_gap", [401, 200, 200, 200]),
    // A new mother's, who is the owner; what her colleague may is told in their own test.
    ("mentorship_proxy_requests_create", [401, 403, 403, 201]),
    ("mentorship_proxy_requests_accept", [401, 404, 404, 409]),
    ("mentorship_proxy_requests_reject", [401, 404, 404, 409]),
    ("mentorship_proxy_requests_complete", [401, 404, 404, 409]),
    ("mentorship_learning_progress_list", [401, 200, 200, 200]),
    ("mentorship_learning_progress_start", [401, 201, 201, 200]),
    ("mentorship_learning_progress_get", [401, 404, 404, 200]),
    ("mentorship_learning_progress_delete", [401, 404, 404, 204]),
    ("mentorship_learning_progress_complete", [401, 200, 200, 200]),
    ("mentorship_group_memberships_get", [401, 404, 404, 200]),
    ("mentorship_group_memberships_join", [401, 200, 200, 200]),
    ("mentorship_group_memberships_leave", [401, 204, 204, 204]),
    ("mentorship_group_memberships_list", [401, 403, 200, 200]),
    ("mentorship_mental_health_chats_clear", [401, 204, 204, 204]),
    // mentorship: whoever owns it, and administrators where they may.
    ("mentorship_dashboard", [401, 200, 200, 200]),
    ("mentorship_direct_messages_create", [401, 403, 403, 403]), // to whom nobody is connected
    ("mentorship_direct_messages_conversations", [401, 200, 200, 200]),
    ("mentorship_direct_messages_list_with", [401, 200, 200, 200]),
    ("mentorship_direct_messages_read", [401, 200, 200, 200]),
    ("mentorship_microsoft_get", [401, 200, 200, 200]),
    ("mentorship_microsoft_put", [401, 200, 200, 200]),
    ("mentorship_microsoft_delete", [401, 204, 204, 204]),
    // Of an unpublished resource: for others it is not there.
    ("mentorship_resources_get", [401, 404, 200, 200]),
    ("mentorship_resources_replace", [401, 404, 200, 200]),
    ("mentorship_resources_update", [401, 404, 200, 200]),
    ("mentorship_resources_delete", [401, 404, 204, 404]),
    ("mentorship_resource_comments_list", [401, 404, 200, 200]),
    ("mentorship_resource_comments_create", [401, 404, 201, 201]),
    ("mentorship_resource_comments_get", [401, 404, 200, 200]),
    ("mentorship_resource_comments_replace", [401, 404, 403, 200]),
    ("mentorship_resource_comments_update", [401, 404, 403, 200]),
    ("mentorship_resource_comments_delete", [401, 404, 204, 404]),
    ("mentorship_reported_issues_get", [401, 404, 200, 200]),
    ("mentorship_reported_issues_replace", [401, 404, 403, 200]),
    ("mentorship_reported_issues_update", [401, 404, 403, 200]),
    ("mentorship_reported_issues_start", [401, 403, 200, 403]),
    ("mentorship_reported_issues_resolve", [401, 403, 200, 403]),
    ("mentorship_reported_issues_reopen", [401, 403, 409, 403]), // it is open
    ("mentorship_reported_issues_assign", [401, 403, 200, 403]),
    ("mentorship_issue_messages_list", [401, 404, 200, 200]),
    ("mentorship_issue_messages_create", [401, 404, 201, 201]),
    ("mentorship_issue_messages_get", [401, 404, 200, 200]),
    // visitnow: a patient's own; others have no record.
    ("visitnow_patients_me_get", [401, 404, 404, 200]),
    ("visitnow_patients_me_replace", [401, 403, 403, 200]),
    ("visitnow_patients_me_update", [401, 403, 403, 200]),
    ("visitnow_dependants_create", [401, 409, 409, 201]),
    ("visitnow_preferences_get", [401, 404, 404, 200]),
    ("visitnow_preferences_replace", [401, 409, 409, 200]),
    ("visitnow_preferences_update", [401, 409, 409, 200]),
    ("visitnow_patients_get", [401, 404, 404, 404]), // nobody treats the owner, least of all the owner
    // Tickets: the owner has opened it, the administrator takes care of it.
    ("visitnow_tickets_get", [401, 404, 200, 200]),
    ("visitnow_tickets_list_all", [401, 403, 200, 403]),
    ("visitnow_tickets_start", [401, 404, 200, 409]),
    ("visitnow_tickets_wait", [401, 404, 200, 409]),
    ("visitnow_tickets_resolve", [401, 404, 200, 409]),
    ("visitnow_tickets_reopen", [401, 404, 409, 409]), // it is open
    ("visitnow_tickets_close", [401, 404, 200, 409]),  // once is enough
    ("visitnow_tickets_comment", [401, 404, 200, 200]),
    ("visitnow_tickets_assign", [401, 403, 200, 403]),
    ("visitnow_tickets_prioritize", [401, 403, 200, 403]),
    ("visitnow_ticket_participants_create", [401, 403, 200, 403]),
    ("visitnow_ticket_participants_delete", [401, 404, 204, 404]), // with its last one it goes
    // visitnow: the owner is a patient, and a provider.
    ("visitnow_conversations_create", [401, 403, 403, 201]),
    ("visitnow_conversations_read", [401, 404, 404, 200]),
    ("visitnow_conversations_list_of_provider", [401, 404, 404, 200]),
    ("visitnow_messages_list", [401, 404, 404, 200]),
    ("visitnow_messages_create", [401, 404, 404, 201]),
    ("visitnow_messages_get", [401, 404, 404, 200]),
    // visitnow: nobody need sign in to look for a provider; the owner is one.
    ("visitnow_providers_search", [200, 200, 200, 200]),
    ("visitnow_providers_slots", [200, 200, 200, 200]),
    ("visitnow_availability_templates_create", [401, 403, 403, 201]),
    ("visitnow_availability_templates_materialize", [401, 404, 404, 200]),
    ("visitnow_slots_get", [401, 200, 200, 200]),
    ("visitnow_slots_delete", [401, 403, 403, 204]),
    ("visitnow_slots_block", [401, 403, 403, 200]),
    ("visitnow_slots_unblock", [401, 403, 403, 200]),
    // visitnow: a doctor's, who is the owner; what staff may is told in their own tests.
    ("visitnow_provider_get", [401, 404, 404, 200]),
    ("visitnow_provider_replace", [401, 403, 403, 200]),
    ("visitnow_provider_update", [401, 403, 403, 200]),
    ("visitnow_providers_get", [200, 200, 200, 200]),
    ("visitnow_providers_activate", [401, 403, 200, 403]),
    ("visitnow_providers_suspend", [401, 403, 200, 403]),
    ("visitnow_admin_providers_list", [401, 403, 200, 403]),
    ("visitnow_admin_providers_get", [401, 403, 200, 403]),
    ("visitnow_clinics_create", [401, 403, 403, 201]),
    ("visitnow_clinics_get", [401, 200, 200, 200]),
    ("visitnow_clinics_replace", [401, 403, 403, 200]),
    ("visitnow_clinics_update", [401, 403, 403, 200]),
    ("visitnow_clinics_delete", [401, 403, 403, 204]),
    ("visitnow_services_create", [401, 403, 403, 201]),
    ("visitnow_services_get", [401, 200, 200, 200]),
    ("visitnow_services_replace", [401, 403, 403, 200]),
    ("visitnow_services_update", [401, 403, 403, 200]),
    ("visitnow_services_delete", [401, 403, 403, 204]),
    ("visitnow_staff_members_create", [401, 403, 403, 201]),
    ("visitnow_credentials_create", [401, 403, 403, 201]),
    ("visitnow_credentials_get", [401, 404, 200, 200]),
    ("visitnow_credentials_replace", [401, 404, 403, 200]),
    ("visitnow_credentials_update", [401, 404, 403, 200]),
    ("visitnow_credentials_delete", [401, 404, 403, 204]),
    ("visitnow_credentials_verify", [401, 403, 200, 403]),
    ("visitnow_credentials_reject", [401, 403, 200, 403]),
    ("visitnow_admin_credentials_list", [401, 403, 200, 403]),
    // Of a patient, who is the owner, and a practice; what that may is told in their own tests.
    ("visitnow_appointments_create", [401, 409, 409, 201]), // who has no record makes it first
    ("visitnow_appointments_confirm", [401, 404, 404, 409]),
    ("visitnow_appointments_check_in", [401, 404, 404, 200]),
    ("visitnow_appointments_start", [401, 404, 404, 409]),
    ("visitnow_appointments_complete", [401, 404, 404, 409]),
    ("visitnow_appointments_cancel", [401, 404, 404, 200]),
    ("visitnow_appointments_no_show", [401, 404, 404, 409]),
    ("visitnow_appointments_reschedule", [401, 404, 404, 200]),
    ("visitnow_appointments_rate", [401, 404, 404, 200]),
    ("visitnow_appointments_notes_get", [401, 404, 404, 200]),
    ("visitnow_appointments_notes_replace", [401, 404, 404, 403]),
    ("visitnow_providers_appointments", [401, 404, 404, 404]),
    ("visitnow_waitlist_create", [401, 409, 409, 201]),
    ("visitnow_waitlist_accept", [401, 404, 404, 201]),
    ("visitnow_waitlist_cancel", [401, 404, 404, 200]),
    ("visitnow_providers_waitlist", [401, 404, 404, 404]),
    // migratio: everybody is a member; the first request of others makes their profile.
    ("migratio_member_get", [401, 200, 200, 200]),
    ("migratio_member_replace", [401, 200, 200, 200]),
    ("migratio_member_update", [401, 200, 200, 200]),
    ("migratio_profile_get", [401, 404, 404, 200]),
    ("migratio_profile_replace", [401, 201, 201, 200]),
    ("migratio_profile_update", [401, 200, 200, 200]),
    ("migratio_subscriptions_get", [401, 403, 200, 403]),
    ("migratio_subscriptions_replace", [401, 403, 200, 403]),
    // Computed from a profile, which the owner alone has.
    ("migratio_recommendations_create", [401, 409, 409, 201]),
    ("migratio_recommendations_latest", [401, 404, 404, 200]),
    ("migratio_recommendations_archive", [401, 404, 404, 200]),
    // migratio: the owner's; what those may with whom it is shared is told in their own tests.
    ("migratio_roadmaps_activate", [401, 404, 404, 200]),
    ("migratio_roadmaps_hold", [401, 404, 404, 200]),
    ("migratio_roadmaps_complete", [401, 404, 404, 200]),
    ("migratio_roadmaps_abandon", [401, 404, 404, 200]),
    ("migratio_roadmaps_pdf_export", [401, 404, 404, 200]),
    ("migratio_roadmaps_tasks_create", [401, 404, 404, 200]),
    ("migratio_roadmaps_tasks_update", [401, 404, 404, 200]),
    ("migratio_roadmaps_tasks_delete", [401, 404, 404, 204]),
    ("migratio_roadmap_shares_list", [401, 404, 404, 200]),
    ("migratio_roadmap_shares_create", [401, 404, 404, 201]),
    ("migratio_roadmap_shares_get", [401, 404, 404, 200]),
    ("migratio_roadmap_shares_replace", [401, 404, 404, 200]),
    ("migratio_roadmap_shares_update", [401, 404, 404, 200]),
    ("migratio_roadmap_shares_delete", [401, 404, 404, 204]),
    // The quiz, which administrators write; sessions of it are everybody's own.
    ("migratio_questions_get", [401, 200, 200, 200]),
    ("migratio_questions_create", [401, 403, 201, 403]),
    ("migratio_questions_replace", [401, 403, 200, 403]),
    ("migratio_questions_update", [401, 403, 200, 403]),
    ("migratio_questions_delete", [401, 403, 204, 403]),
    ("migratio_quiz_sessions_complete", [401, 404, 404, 200]),
    ("migratio_quiz_sessions_abandon", [401, 404, 404, 200]),
    ("migratio_quiz_answers_put", [401, 404, 404, 200]),
    ("migratio_quiz_answers_delete", [401, 404, 404, 204]),
    // migratio: the administrator decides on documents, and writes what all read; the owner does neither.
    ("migratio_dashboard", [401, 200, 200, 200]),
    ("migratio_documents_expiring", [401, 200, 200, 200]),
    ("migratio_documents_request_verification", [401, 404, 404, 200]),
    ("migratio_documents_withdraw", [401, 404, 404, 200]),
    ("migratio_documents_pending", [401, 403, 200, 403]),
    ("migratio_documents_pending_get", [401, 403, 200, 403]),
    ("migratio_documents_verify", [401, 403, 200, 403]),
    ("migratio_documents_reject", [401, 403, 200, 403]),
    ("migratio_document_checklists_items_add", [401, 404, 404, 200]),
    ("migratio_document_checklists_items_update", [401, 404, 404, 200]),
    ("migratio_document_checklists_items_delete", [401, 404, 404, 204]),
    ("migratio_resources_create", [401, 403, 201, 403]),
    ("migratio_resources_get", [401, 200, 200, 200]),
    ("migratio_resources_replace", [401, 403, 200, 403]),
    ("migratio_resources_update", [401, 403, 200, 403]),
    ("migratio_resources_delete", [401, 403, 204, 403]),
    // migratio: all read what its administrators write.
    ("migratio_countries_list", [401, 200, 200, 200]),
    ("migratio_countries_create", [401, 403, 201, 403]),
    ("migratio_countries_get", [401, 200, 200, 200]),
    ("migratio_countries_replace", [401, 403, 200, 403]),
    ("migratio_countries_update", [401, 403, 200, 403]),
    ("migratio_countries_delete", [401, 403, 204, 403]),
    ("migratio_programs_compare", [401, 200, 200, 200]),
    ("migratio_document_requirements_list", [401, 200, 200, 200]),
    ("migratio_document_requirements_create", [401, 403, 201, 403]),
    ("migratio_document_requirements_get", [401, 200, 200, 200]),
    ("migratio_document_requirements_replace", [401, 403, 200, 403]),
    ("migratio_document_requirements_update", [401, 403, 200, 403]),
    ("migratio_document_requirements_delete", [401, 403, 204, 403]),
    ("migratio_program_documents_ask", [401, 403, 204, 403]),
    ("migratio_program_documents_drop", [401, 403, 204, 403]),
    // The administrator's; the owner is who it is about, and may not.
    ("migratio_recommendations_give", [401, 403, 201, 403]),
    ("identity_users_list", [401, 403, 200, 403]),
    ("identity_users_get", [401, 403, 200, 403]),
    ("identity_users_update", [401, 403, 200, 403]),
    ("identity_users_roles_list", [401, 403, 200, 403]),
    ("identity_users_roles_grant", [401, 403, 200, 403]),
    ("identity_users_roles_revoke", [401, 403, 204, 403]),
    ("identity_audit_list", [401, 403, 200, 403]),
    ("smatrx_user_skills_verify", [401, 403, 200, 403]),
    ("smatrx_achievements_list_of_user", [401, 403, 200, 403]),
    ("smatrx_achievements_get_of_user", [401, 403, 200, 403]),
    ("smatrx_achievements_give", [401, 403, 201, 403]),
    ("smatrx_achievements_take_back", [401, 403, 204, 403]),
];

/// What is expected of an operation; the uniform ones go by their last word.
fn expected(operation: &Operation) -> Option<Expected> {
    if let Some((_, expected)) = KNOWN.iter().find(|(id, _)| *id == operation.id) {
        return Some(*expected);
    }
    if operation.is_public() {
        // Sent a body that no operation takes: what refuses it is not the lack of a token.
        return Some([422; 4]);
    }
    let one = operation.path.ends_with("/{id}");
    let (_, verb) = operation.id.rsplit_once('_')?;
    if catalogue(operation).is_some() {
        return match (verb, one) {
            ("list", false) | ("get", true) => Some([401, 200, 200, 200]),
            ("create", false) => Some([401, 403, 201, 201]),
            ("replace" | "update", true) => Some([401, 403, 200, 200]),
            ("delete", true) => Some([401, 403, 204, 404]),
            _ => None,
        };
    }
    match (verb, one) {
        ("list", false) => Some([401, 200, 200, 200]),
        ("create", false) => Some([401, 201, 201, 201]),
        ("get" | "replace" | "update", true) => Some([401, 404, 404, 200]),
        ("delete", true) => Some([401, 404, 404, 204]),
        _ => None,
    }
}

/// The catalogue that it is about, if it is about one: its writer stands in the owner's place.
fn catalogue(operation: &Operation) -> Option<Resource> {
    let collection = operation.path.trim_end_matches("/{id}");
    resources().into_iter().find(|one| one.writer().is_some() && one.path == collection)
}

#[tokio::test]
async fn everybody_gets_what_is_theirs_and_nothing_else() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let roles = [
        "coach:USER",
        "migratio:user",
        "mentorship:mentor",
        "mentorship:new_mother",
        "visitnow:doctor",
        "visitnow:patient",
    ];
    let (owner, other) = (app.user_with_roles("owner", &roles).await, app.user("other").await);
    let roles = [
        "platform:admin",
        "coach:USER",
        "migratio:user",
        "migratio:admin",
        "smatrx:admin",
        "mentorship:admin",
        "visitnow:admin",
    ];
    let admin = app.user_with_roles("admin", &roles).await;
    let writes: BTreeSet<_> = resources().iter().filter_map(Resource::writer).collect();
    let writes: Vec<_> = writes.into_iter().collect();
    let writer = app.user_with_roles("writer", &writes).await;
    owner.put("/v1/coach/profile", &json!({})).await.ok(201);
    let onboarded =
        json!({"title": "x", "careerStage": "mid", "industries": ["x"], "targetRole": "x"});
    owner.put("/v1/smatrx/profile", &onboarded).await.ok(201);
    owner.put("/v1/mentorship/profile", &json!({})).await.ok(201);
    owner.put("/v1/migratio/profile", &json!({})).await.ok(201);
    owner.put("/v1/visitnow/patients/me", &json!({"fullName": "x"})).await.ok(201);
    owner.put("/v1/visitnow/patients/me/preferences", &json!({})).await.ok(201);
    owner.put("/v1/visitnow/providers/me", &json!({"displayName": "x"})).await.ok(201);
    app.execute("update visitnow.providers set status = 'active'").await;
    let mut wrong = Vec::new();
    for operation in operations(&document()) {
        let Some(expected) = expected(&operation) else {
            wrong.push(format!("{} is not in the table of this test", operation.id));
            continue;
        };
        let catalogued = catalogue(&operation).is_some();
        let owner = if catalogued { &writer } else { &owner };
        let of = |user| if catalogued { owner } else { user };
        let path = path(&operation, owner).await;
        let answers = [
            ask(&operation, &path, &nobody, owner).await,
            ask(&operation, &path, &other, of(&other)).await,
            ask(&operation, &path, &admin, of(&admin)).await,
            ask(&operation, &path, owner, owner).await,
        ];
        let statuses = answers.each_ref().map(|answer| answer.status);
        if statuses != expected {
            wrong.push(format!("{}: {statuses:?} for {expected:?}; {answers:?}", operation.id));
        }
    }
    let served: Vec<String> = operations(&document()).into_iter().map(|one| one.id).collect();
    let gone = KNOWN.iter().filter(|(id, _)| !served.iter().any(|served| served == id));
    wrong.extend(gone.map(|(id, _)| format!("{id} is in the table, but not served")));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What the tests of a resource make for it.
async fn place_of_domain(operation: &Operation, owner: &User<'_>) -> Option<String> {
    if let Some(place) = mentorship::sessions::place(operation, owner).await {
        return Some(place);
    }
    if let Some(place) = migratio::roadmaps::place(operation, owner).await {
        return Some(place);
    }
    if let Some(place) = migratio::documents::place(operation, owner).await {
        return Some(place);
    }
    if let Some(place) = visitnow::places::place(operation, owner).await {
        return Some(place);
    }
    if let Some(place) = migratio::recommendations::place(operation, owner).await {
        return Some(place);
    }
    if let Some(place) = migratio::quiz_responses::place(operation, owner).await {
        return Some(place);
    }
    if let Some(place) = migratio::places::place(operation, owner.app).await {
        return Some(place);
    }
    None
}

/// The path with the id of a new row of the owner's.
async fn path(operation: &Operation, owner: &User<'_>) -> String {
    let path = operation.path.replace("{domain}/{role}", "mentorship/mentee");
    let path = path.replace("{moduleId}", "one").replace("{step}", "1");
    let path = path.replace("{index}", "0").replace("{userId}", &owner.id.to_string());
    if let Some(query) = query(operation, owner).await {
        return format!("{path}?{query}");
    }
    if let Some(place) = place_of_domain(operation, owner).await {
        return place;
    }
    let Some((collection, rest)) = path.split_once("/{id}") else { return path };
    let id = match collection {
        "/v1/users" => owner.id.to_string(),
        "/v1/me/sessions" => inserted(owner, "identity.sessions (user_id, family_id, refresh_token_hash, \
            expires_at) values ('{}', base.uuid_v7(), sha256(random()::text::bytea), now() + interval '1 day') \
            returning family_id").await,
        "/v1/me/accounts" => {
            let columns = "identity.accounts (user_id, type, provider, provider_account_id)";
            // Two, for the last one cannot be unlinked.
            inserted(owner, &format!("{columns} values ('{{}}', 'oidc', 'google', random()::text) returning id")).await;
            inserted(owner, &format!("{columns} values ('{{}}', 'oidc', 'google', random()::text) returning id")).await
        }
        "/v1/mentorship/learning-paths" if !rest.is_empty() => {
            let modules = r#"[{"id": "one", "title": "x", "minutes": 1}]"#;
            let id = inserted(owner, &format!("mentorship.learning_paths (title, category, modules) \
                values ('x', 'x', '{modules}') returning id")).await;
            owner.post(&format!("{collection}/{id}/progress"), &json!({})).await.ok(201);
            id
        }
        "/v1/mentorship/support-groups" if !rest.is_empty() => {
            let id = inserted(owner, "mentorship.support_groups (name) values (random()::text) returning id").await;
            owner.put(&format!("{collection}/{id}/membership"), &json!({})).await.ok(200);
            id
        }
        "/v1/mentorship/connections" if !rest.is_empty() => {
            let asker = new_user(owner.app).await;
            inserted(owner, &format!("mentorship.user_connections (requester_id, receiver_id) \
                values ('{asker}', '{{}}') returning id")).await
        }
        "/v1/mentorship/messages" => {
            // To somebody, for nobody writes to themselves.
            let other = Uuid::now_v7();
            inserted(owner, &format!("identity.users (id, username) values ('{other}', 'x{}') returning id", other.simple())).await;
            inserted(owner, &format!("mentorship.direct_messages (sender_id, receiver_id, message) \
                values ('{{}}', '{other}', 'x') returning id")).await
        }
        achievements if achievements.ends_with("/achievements") => {
            inserted(owner, "smatrx.achievements (user_id, type, title) values ('{}', 'skill', 'x') returning id").await
        }
        skills if skills.ends_with("/skills") && skills.starts_with("/v1/smatrx/users") => {
            let input = json!({"skillId": new_skill(owner.app).await, "level": "expert"});
            owner.post("/v1/smatrx/user-skills", &input).await.id()
        }
        _ => {
            let input = match resources().iter().find(|resource| resource.path == collection) {
                Some(resource) => resource.input(owner).await,
                None => example(owner, collection).await,
            };
            let mut input = input;
            if let Some(name) = input.get_mut("name") {
                *name = json!(Uuid::now_v7()); // a skill's is unique
            }
            if let Some(skill) = input.get_mut("skillId") {
                *skill = json!(new_skill(owner.app).await);
            }
            if let Some(mentor) = input.get_mut("mentorId") {
                *mentor = json!(new_mentor(owner.app).await);
            }
            if let Some(asked) = input.get_mut("receiverId") {
                *asked = json!(new_user(owner.app).await);
            }
            if let Some(colleague) = input.get_mut("proxyId") {
                *colleague = json!(new_user(owner.app).await);
            }
            visitnow::places::fill(&mut input, owner).await;
            owner.post(collection, &input).await.id()
        }
    };
    let path = format!("{collection}/{id}{rest}");
    if let Some((items, "")) = path.split_once("/{itemId}") {
        let item =
            example(owner, &format!("{collection}/{{id}}{}", rest.replace("/{itemId}", ""))).await;
        return format!("{items}/{}", owner.post(items, &item).await.id());
    }
    let Some((messages, "")) = path.split_once("/{messageId}") else { return path };
    let message = json!({"role": "user", "content": "How do I ask for more?"});
    format!("{messages}/{}", owner.post(messages, &message).await.id())
}

/// What a view must be asked for, and has an answer for the owner at least.
async fn query(operation: &Operation, owner: &User<'_>) -> Option<&'static str> {
    match operation.id.as_str() {
        "smatrx_skill_analyses_latest" => {
            let analysis = json!({"analysisType": "profile", "data": {}});
            owner.post("/v1/smatrx/analyses", &analysis).await.ok(201);
            Some("type=profile")
        }
        "smatrx_gap" => Some("targetRole=Baker"),
        _ => None,
    }
}

/// A skill that nobody has yet.
async fn new_skill(app: &TestApp) -> String {
    skill(app, "Any", &Uuid::now_v7().to_string()).await
}

/// Somebody else.
async fn new_user(app: &TestApp) -> Uuid {
    app.user(&Uuid::now_v7().to_string()).await.id
}

/// Somebody else, who mentors and has a place left.
async fn new_mentor(app: &TestApp) -> Uuid {
    let name = Uuid::now_v7().to_string();
    let mentor = app.user_with_roles(&name, &["mentorship:mentor"]).await;
    mentor.put("/v1/mentorship/profile", &json!({"maxMenteeCapacity": 1})).await.ok(201);
    mentor.id
}

/// The id of a row of the owner's that no request makes.
async fn inserted(owner: &User<'_>, insert: &str) -> String {
    let mut conn = owner.app.sql().await;
    let sql = format!("insert into {}", insert.replace("{}", &owner.id.to_string()));
    let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
    let row = sqlx::Executor::fetch_one(&mut conn, sql).await.unwrap();
    sqlx::Row::get::<Uuid, _>(&row, 0).to_string()
}

/// Sends the documented example, with rows of the caller's own where it names some.
async fn ask(
    operation: &Operation,
    path: &str,
    caller: &impl Caller,
    whose: &User<'_>,
) -> Response {
    let request = caller.request(operation.method.clone(), path);
    let Some(body) = operation.body.get("requestBody") else { return Response::of(request).await };
    if operation.is_public() {
        return Response::of(request.json(&json!({"nonsense": 1}))).await;
    }
    let mut body = body["content"]["application/json"]["example"].clone();
    if body.get("jobId").is_some() {
        let job = example(whose, "/v1/coach/jobs").await;
        body["jobId"] = json!(whose.post("/v1/coach/jobs", &job).await.id());
    }
    if body.get("skillId").is_some() {
        body["skillId"] = json!(new_skill(whose.app).await);
    }
    if body.get("menteeId").is_some() {
        let name = Uuid::now_v7().to_string();
        body["menteeId"] = json!(whose.app.user_with_roles(&name, &["mentorship:mentee"]).await.id);
    }
    if body.get("mentorId").is_some() {
        body["mentorId"] = json!(new_mentor(whose.app).await);
    }
    if operation.id.starts_with("migratio_documents") && body.get("documentTypeId").is_some() {
        body["documentTypeId"] = json!(migratio::documents::kind(whose.app).await);
    }
    if body.get("receiverId").is_some() {
        body["receiverId"] = json!(new_user(whose.app).await);
    }
    if body.get("userId").is_some() {
        body["userId"] = json!(whose.id);
    }
    if body.get("proxyId").is_some() {
        body["proxyId"] = json!(new_user(whose.app).await);
    }
    if operation.id.starts_with("visitnow_") {
        visitnow::places::fill(&mut body, whose).await;
        visitnow::booked::with_ids(whose.app, path, &mut body).await;
    }
    if operation.id == "migratio_recommendations_give" {
        body["items"][0]["programId"] = json!(migratio::recommendations::any_program(whose).await);
    }
    if operation.id == "migratio_roadmaps_create" {
        body["programId"] = json!(migratio::roadmaps::route(whose.app, "Any").await);
    }
    if operation.id.starts_with("migratio_questions") {
        body["questionId"] = json!(format!("q{}", Uuid::now_v7().simple())); // it is unique
    }
    if operation.id.starts_with("migratio_") {
        codes_of_its_own(&mut body);
        migratio::places::fill(&mut body, whose.app).await;
    }
    if let Some(catalogue) = catalogue(operation) {
        body = catalogue.input(whose).await;
    }
    if body.get("name").is_some()
        && (operation.id.starts_with("coach_skills") || catalogue(operation).is_some())
    {
        body["name"] = json!(Uuid::now_v7());
    }
    if operation.id == "identity_me_update" {
        body = json!({"displayName": "Ann"}); // the rest of the example needs proof
    }
    if operation.id == "identity_users_update" {
        body = json!({"displayName": "Ann"}); // the owner is needed further on
    }
    let request = if body.is_object() { request.json(&body) } else { request };
    Response::of(request).await
}

#[tokio::test]
async fn every_uniform_resource_is_under_contract() {
    let operations = operations(&document());
    let has = |method: Method, path: &str| {
        operations.iter().any(|one| one.method == method && one.path == path)
    };
    let uniform: Vec<String> = operations
        .iter()
        .filter(|one| {
            one.method == Method::POST && has(Method::PUT, &format!("{}/{{id}}", one.path))
        })
        .map(|one| one.path.clone())
        .collect();
    let mut known: Vec<String> = resources().iter().map(|one| one.path.to_owned()).collect();
    let others = [OF_ONE_SKILL_EACH, SHARED, READ_OTHERWISE, BY_NAME, CODED, UNSTORED].concat();
    known.extend(others.into_iter().map(str::to_owned));
    known.sort();
    assert_eq!(uniform, known, "a uniform resource has no contract test");
}

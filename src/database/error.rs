//! SQLSTATE and constraint names become API errors here, and nowhere else.
//!
//! Constraints are named `<table>_<columns>_{key,fkey,check,excl}`, so most names say which field
//! of the body is at fault; [`POINTERS`] lists those that do not.

use sqlx::postgres::PgDatabaseError;

use crate::rest::{
    problem::{self, Problem},
    validation::camel,
};

/// SQLSTATE that our own triggers raise for a move that a state machine forbids.
const FORBIDDEN_MOVE: &str = "TR409";

/// SQLSTATE that our own triggers raise where who acts lacks a role: they may have lost it since their token was issued.
const ROLE_MISSING: &str = "TR403";

/// Constraints whose name does not spell the field: name, pointer.
const POINTERS: &[(&str, &str)] = &[
    ("skills_user_profile_id_name_key", "/name"),
    ("jobs_salary_check", "/salaryMax"),
    ("questions_depends_on_fkey", "/conditionalDisplay/questionId"),
    ("profile_destinations_country_id_fkey", "/preferences/destinationCountries"),
    ("recommendation_items_program_id_fkey", "/items"),
    ("resource_countries_country_id_fkey", "/relatedCountries"),
    ("resource_programs_program_id_fkey", "/relatedPrograms"),
    ("occupation_codes_system_code_key", "/code"),
    ("programs_country_id_name_key", "/name"),
];

/// What is taken, where it is more than one value: name, pointer, message.
const TAKEN: &[(&str, &str, &str)] = &[
    ("matches_mentor_id_mentee_id_key", "/mentorId", "is asked already, or your mentor"),
    (
        "user_connections_receiver_id_pair_key",
        "/receiverId",
        "is connected with you, or one of you has asked",
    ),
    ("staff_members_provider_id_user_id_key", "/userId", "works there already"),
    ("waitlist_patient_id_provider_id_key", "/providerId", "is waited for by you already"),
    ("roadmap_shares_user_id_roadmap_id_shared_with_id_key", "/userId", "has it already"),
    ("roadmap_shares_user_id_roadmap_id_email_key", "/email", "has it already"),
    ("feedback_session_id_from_user_id_key", "", "you have given feedback on this session already"),
    (
        "quiz_responses_user_id_in_progress_key",
        "",
        "you are taking the quiz already: complete or abandon it first",
    ),
];

/// Rows that exclude each other: name, detail.
const EXCLUSIONS: &[(&str, &str)] = &[
    ("proxy_requests_mother_id_excl", "an accepted request covers some of these days already"),
    ("appointments_provider_id_excl", "the provider has another appointment at this time"),
    ("appointments_patient_id_excl", "the person treated has another appointment at this time"),
];

/// Foreign keys to whoever acts: if these are broken, the account is gone.
const ACTORS: &[&str] = &[
    "_user_id_fkey",
    "_requester_id_fkey",
    "_sender_id_fkey",
    "_uploaded_by_id_fkey",
    "_author_id_fkey",
    "_mother_id_fkey",
];

/// Checks that say more than that a value is not allowed: name, pointer, code, message.
const CHECKS: &[(&str, &str, &str, &str)] = &[
    (
        "mock_interviews_conversation_history_check",
        "/content",
        "history",
        "would make the history longer than 256 KiB",
    ),
    (
        "career_goals_completed_check",
        "/progress",
        "completed",
        "must be 100 exactly when the status is completed; to leave that status, set it below 100",
    ),
    (
        "skill_analyses_data_check",
        "/data",
        "document",
        "would take more than 256 KiB as it is stored",
    ),
    (
        "learning_paths_modules_distinct_check",
        "/modules",
        "distinct",
        "must each have an id of its own",
    ),
    (
        "proxy_requests_expected_end_date_check",
        "/expectedEndDate",
        "order",
        "must be after startDate",
    ),
    (
        "proxy_requests_actual_end_date_check",
        "/actualEndDate",
        "order",
        "must not be before startDate",
    ),
    (
        "patients_date_of_birth_check",
        "/dateOfBirth",
        "date",
        "must be since 1850, and not in the future",
    ),
    (
        "dependants_date_of_birth_check",
        "/dateOfBirth",
        "date",
        "must be since 1850, and not in the future",
    ),
    (
        "clinics_time_zone_check",
        "/timeZone",
        "timezone",
        "must be the name of a time zone, such as Europe/Lisbon",
    ),
    ("roadmaps_phases_check", "", "tasks", "would give the phase more than 100 tasks"),
    (
        "document_checklists_items_check",
        "",
        "items",
        "would give the checklist more than 100 items",
    ),
    (
        "roadmap_shares_shared_with_id_active_check",
        "/userId",
        "check",
        "must be somebody with an active account",
    ),
    ("roadmap_shares_shared_with_id_other_check", "/userId", "other", "must be somebody else"),
    (
        "profiles_additional_attributes_check",
        "/additionalAttributes",
        "document",
        "would take more than 64 KiB as it is stored",
    ),
    (
        "profiles_current_mentee_count_check",
        "/maxMenteeCapacity",
        "capacity",
        "must not be less than the mentees you have",
    ),
];

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(ref database) => {
                match database.try_downcast_ref::<PgDatabaseError>() {
                    Some(postgres) => from_postgres(postgres),
                    None => Self::internal(&error),
                }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => {
                tracing::warn!(%error, "database connection lost");
                Self::unavailable().lost_connection()
            }
            _ => Self::internal(&error),
        }
    }
}

fn from_postgres(error: &PgDatabaseError) -> Problem {
    let constraint = error.constraint().unwrap_or_default();
    match error.code() {
        "23505" => taken(error),
        // Whoever acts is gone: the token has outlived its account.
        "23503" if ACTORS.iter().any(|actor| constraint.ends_with(actor)) => {
            Problem::new(&problem::UNAUTHENTICATED).detail("this account no longer exists")
        }
        "23503" if error.message().starts_with("update or delete") => {
            Problem::new(&problem::CONFLICT).detail("something else still refers to it")
        }
        "23503" => Problem::invalid(
            &pointer(error),
            "reference",
            "refers to nothing that is yours or everybody's",
        ),
        "23514" => broken(error),
        "23P01" => Problem::new(&problem::CONFLICT).detail(
            EXCLUSIONS
                .iter()
                .find(|(name, _)| *name == constraint)
                .map_or("something else is in the way", |(_, detail)| detail),
        ),
        "23502" => Problem::invalid(
            &format!("/{}", camel(error.column().unwrap_or_default())),
            "required",
            "is required",
        ),
        FORBIDDEN_MOVE => Problem::new(&problem::CONFLICT).detail(match error.detail() {
            Some(moves) => format!("{}; allowed: {moves}", error.message()),
            None => error.message().to_owned(),
        }),
        ROLE_MISSING => Problem::new(&problem::FORBIDDEN).detail(error.message().to_owned()),
        code => from_class(code, error),
    }
}

fn taken(error: &PgDatabaseError) -> Problem {
    let constraint = error.constraint().unwrap_or_default();
    let known = TAKEN.iter().find(|(name, ..)| *name == constraint);
    let (pointer, detail, message) = match known {
        Some(&(_, pointer, message)) => (pointer.to_owned(), "there is one already", message),
        None => (pointer(error), "another one has this value", "is already in use"),
    };
    Problem::new(&problem::TAKEN).detail(detail).field(pointer, "taken", message)
}

fn broken(error: &PgDatabaseError) -> Problem {
    let constraint = error.constraint().unwrap_or_default();
    if let Some(&(_, pointer, code, message)) = CHECKS.iter().find(|(name, ..)| *name == constraint)
    {
        return Problem::invalid(pointer, code, message);
    }
    // Our own triggers name the column and say what it must be.
    if let Some(column) = error.column() {
        return Problem::invalid(&format!("/{}", camel(column)), "check", error.message());
    }
    let pointer = pointer(error);
    match pointer.strip_suffix("Other") {
        Some(person) => Problem::invalid(person, "other", "must be somebody else"),
        None => Problem::invalid(&pointer, "check", "is not allowed"),
    }
}

fn from_class(code: &str, error: &PgDatabaseError) -> Problem {
    match code {
        // Serialization failure, deadlock, lock timeout, statement timeout.
        "40001" | "40P01" | "55P03" | "57014" => {
            tracing::warn!(%error, code, "database busy");
            Problem::unavailable()
        }
        // A value longer than an index takes.
        "54000" => Problem::invalid("", "value", "a value is too long to be searched"),
        // Data exceptions: a value of the right type that PostgreSQL cannot hold.
        _ if code.starts_with("22") => {
            Problem::invalid("", "value", "a value is out of the range that can be stored")
        }
        // Connection trouble, resources exhausted, server shutting down, read-only standby.
        _ if ["08", "53", "57"].iter().any(|class| code.starts_with(class)) || code == "25006" => {
            tracing::warn!(%error, code, "database unavailable");
            Problem::unavailable().lost_connection()
        }
        _ => Problem::internal(error),
    }
}

/// JSON pointer to the field that a constraint's name spells.
fn pointer(error: &PgDatabaseError) -> String {
    let name = error.constraint().unwrap_or_default();
    if let Some((_, pointer)) = POINTERS.iter().find(|(known, _)| *known == name) {
        return (*pointer).to_owned();
    }
    let columns = error
        .table()
        .and_then(|table| name.strip_prefix(table)?.strip_prefix('_'))
        .and_then(|rest| rest.rsplit_once('_'))
        .map_or("", |(columns, _)| columns.strip_prefix("user_id_").unwrap_or(columns));
    if columns.is_empty() { String::new() } else { format!("/{}", camel(columns)) }
}

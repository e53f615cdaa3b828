use std::collections::BTreeSet;

use trellis::{
    identity::secrets::{password::Passwords, strength::check_strength},
    seed::{self, DEMO_EMAIL, DEMO_PASSWORD, DemoReport},
};

use super::{assert_believable, sign_in};
use crate::support::{Caller, TestApp};

const PEOPLE: [&str; 3] = ["ada@example.com", "grace@example.com", "linus@example.com"];

/// Every row of every table that the demo fills.
const EVERYTHING: &[&str] = &[
    "select row::text from identity.users as row order by 1",
    "select row::text from identity.role_grants as row order by 1",
    "select row::text from coach.user_profiles as row order by 1",
    "select row::text from coach.experiences as row order by 1",
    "select row::text from coach.educations as row order by 1",
    "select row::text from coach.skills as row order by 1",
    "select row::text from coach.certifications as row order by 1",
    "select row::text from coach.resumes as row order by 1",
    "select row::text from coach.jobs as row order by 1",
    "select row::text from coach.status_changes as row order by 1",
    "select row::text from coach.applications as row order by 1",
    "select row::text from coach.interviews as row order by 1",
    "select row::text from coach.mock_interviews as row order by 1",
    "select row::text from coach.documents as row order by 1",
    "select row::text from coach.career_goals as row order by 1",
    "select row::text from coach.assessments as row order by 1",
    "select row::text from coach.conversations as row order by 1",
    "select row::text from coach.messages as row order by 1",
    "select row::text from smatrx.profiles as row order by 1",
    "select row::text from smatrx.user_skills as row order by 1",
    "select row::text from smatrx.skill_imports as row order by 1",
    "select row::text from smatrx.skill_import_skills as row order by 1",
    "select row::text from smatrx.career_goals as row order by 1",
    "select row::text from smatrx.achievements as row order by 1",
    "select row::text from smatrx.skill_analyses as row order by 1",
    "select row::text from smatrx.skill_categories as row order by 1",
    "select row::text from smatrx.skills as row order by 1",
    "select row::text from mentorship.profiles as row order by 1",
    "select row::text from mentorship.matches as row order by 1",
    "select row::text from mentorship.sessions as row order by 1",
    "select row::text from mentorship.session_notes as row order by 1",
    "select row::text from mentorship.action_items as row order by 1",
    "select row::text from mentorship.feedback as row order by 1",
    "select row::text from mentorship.learning_paths as row order by 1",
    "select row::text from mentorship.user_learning_progress as row order by 1",
    "select row::text from mentorship.resources as row order by 1",
    "select row::text from mentorship.resource_comments as row order by 1",
    "select row::text from mentorship.milestone_logs as row order by 1",
    "select row::text from mentorship.support_groups as row order by 1",
    "select row::text from mentorship.group_memberships as row order by 1",
    "select row::text from mentorship.proxy_requests as row order by 1",
    "select row::text from mentorship.mental_health_chats as row order by 1",
    "select row::text from mentorship.user_connections as row order by 1",
    "select row::text from mentorship.direct_messages as row order by 1",
    "select row::text from mentorship.reported_issues as row order by 1",
    "select row::text from mentorship.issue_messages as row order by 1",
    "select row::text from visitnow.providers as row order by 1",
    "select row::text from visitnow.clinics as row order by 1",
    "select row::text from visitnow.services as row order by 1",
    "select row::text from visitnow.credentials as row order by 1",
    "select row::text from visitnow.staff_members as row order by 1",
    "select row::text from visitnow.patients as row order by 1",
    "select row::text from visitnow.dependants as row order by 1",
    "select row::text from visitnow.preferences as row order by 1",
    "select row::text from visitnow.availability_templates as row order by 1",
    "select row::text from visitnow.slots as row order by 1",
    "select row::text from visitnow.appointments as row order by 1",
    "select row::text from visitnow.waitlist as row order by 1",
    "select row::text from visitnow.conversations as row order by 1",
    "select row::text from visitnow.messages as row order by 1",
    "select row::text from visitnow.notifications as row order by 1",
    "select row::text from visitnow.tickets as row order by 1",
    "select row::text from visitnow.ticket_participants as row order by 1",
    "select row::text from migratio.countries as row order by 1",
    "select row::text from migratio.occupation_codes as row order by 1",
    "select row::text from migratio.programs as row order by 1",
    "select row::text from migratio.document_types as row order by 1",
    "select row::text from migratio.document_requirements as row order by 1",
    "select row::text from migratio.program_documents as row order by 1",
    "select row::text from migratio.questions as row order by 1",
    "select row::text from migratio.resources as row order by 1",
    "select row::text from migratio.resource_countries as row order by 1",
    "select row::text from migratio.resource_programs as row order by 1",
    "select row::text from migratio.members as row order by 1",
    "select row::text from migratio.profile_destinations as row order by 1",
    "select row::text from migratio.profiles as row order by 1",
    "select row::text from migratio.quiz_responses as row order by 1",
    "select row::text from migratio.quiz_answers as row order by 1",
    "select row::text from migratio.recommendations as row order by 1",
    "select row::text from migratio.recommendation_items as row order by 1",
    "select row::text from migratio.roadmaps as row order by 1",
    "select row::text from migratio.roadmap_shares as row order by 1",
    "select row::text from migratio.documents as row order by 1",
    "select row::text from migratio.document_checklists as row order by 1",
];

async fn everything(app: &TestApp) -> Vec<Vec<String>> {
    let mut conn = app.sql().await;
    let mut tables = Vec::new();
    for sql in EVERYTHING {
        tables.push(sqlx::query_scalar(*sql).fetch_all(&mut conn).await.unwrap());
    }
    tables
}

async fn demo(app: &TestApp) -> DemoReport {
    seed::demo(&app.database_url, &Passwords::default()).await.unwrap()
}

/// Interviews to come for jobs that expect none, and the other way round.
const BROKEN_INTERVIEWS: &str = "
    select count(*)
    from coach.jobs
    full join (select user_id, job_id from coach.interviews where outcome = 'PENDING' and scheduled_at > now()) as next
      on next.user_id = jobs.user_id and next.job_id = jobs.id
    where (jobs.status = 'INTERVIEW_SCHEDULED') <> (next.job_id is not null)";

#[tokio::test]
async fn the_demo_is_believable_and_loading_it_again_changes_nothing() {
    let app = TestApp::new().await;
    let first = demo(&app).await;
    assert_believable(&app).await;
    assert_eq!(app.count(BROKEN_INTERVIEWS).await, 0, "interviews");
    let before = everything(&app).await;
    assert!(before.iter().all(|table| !table.is_empty()));
    assert_eq!(before.iter().map(Vec::len).sum::<usize>() as u64, first.added);

    let second = demo(&app).await;
    assert_eq!(second, DemoReport { added: 0, ..first });
    assert_eq!(everything(&app).await, before);
    assert_eq!(check_strength(DEMO_PASSWORD), Ok(()));
    assert!(PEOPLE.contains(&DEMO_EMAIL));
}

#[tokio::test]
async fn everybody_of_the_demo_can_sign_in_and_has_a_whole_profile() {
    let app = TestApp::new().await;
    demo(&app).await;
    for email in PEOPLE {
        let person = sign_in(&app, email).await;
        let jobs = person.all("/v1/coach/jobs", 7).await;
        assert_eq!(jobs.len(), 20, "{email}");
        assert!(jobs.is_sorted_by(|a, b| a["createdAt"].as_str() >= b["createdAt"].as_str()));
        let statuses: BTreeSet<_> = jobs.iter().map(|job| job["status"].as_str()).collect();
        assert!(statuses.len() >= 5, "{email}: {statuses:?}");
        let profile = person.get("/v1/coach/profile").await.ok(200);
        for (part, least) in
            [("experiences", 2), ("educations", 1), ("skills", 6), ("certifications", 1)]
        {
            let list = profile[part].as_array().unwrap();
            assert!(list.len() >= least, "{email} {part}");
        }
        let resumes = person.all("/v1/coach/resumes", 100).await;
        let primary = resumes.iter().filter(|resume| resume["isPrimary"] == true).count();
        assert_eq!((resumes.len(), primary), (2, 1), "{email}");
        assert!(person.all("/v1/coach/applications", 100).await.len() > 10, "{email}");
        for (list, least) in [("career-goals", 3), ("assessments", 2), ("conversations", 2)] {
            let rows = person.all(&format!("/v1/coach/{list}"), 2).await;
            assert!(rows.len() >= least, "{email} {list}");
        }
        assert!(person.get("/v1/smatrx/profile").await.ok(200)["careerStage"].is_string());
        assert_eq!(person.all("/v1/smatrx/user-skills", 3).await.len(), 8, "{email}");
        assert_eq!(person.get("/v1/users").await.status, 403);
    }
    sign_in(&app, "admin@example.com").await.get("/v1/users").await.ok(200);
}

/// What a client could not have written: of a category or skill of the demo.
const BROKEN_CATALOGUE: &str = "
    select (select count(*)
            from smatrx.skill_categories
            where num_nulls(description, color, icon) > 0 or color !~ '^#[0-9a-f]{6}$')
         + (select count(*)
            from smatrx.skills
            where slug <> base.slug_of(name)
               or num_nulls(description, market_demand) > 0
               or cardinality(tags) not between 2 and 4
               or not average_salary ?& array['min', 'max', 'currency', 'region']
               or growth_trend not between -50 and 50)
         + abs(7 - (
           select count(*)
           from (select from smatrx.skills group by category_id having count(*) >= 20) as full_one))";

#[tokio::test]
async fn the_demo_has_a_catalogue_of_skills_that_is_found_by_name_and_kept_by_hand() {
    let app = TestApp::new().await;
    let keeper = app.user_with_roles("keeper", &["smatrx:admin"]).await;
    demo(&app).await;
    assert_eq!(app.count(BROKEN_CATALOGUE).await, 0);
    assert_eq!(app.count("select count(*) from smatrx.skill_categories").await, 7);
    let skills = keeper.all("/v1/smatrx/skills", 100).await;
    assert!(skills.len() >= 300);
    let found = keeper.get("/v1/smatrx/skills?q=kuberntes&category=devops-tools").await.ok(200);
    assert_eq!(found["items"][0]["name"], "Kubernetes");

    // The keeper has databases of their own by now, and no Haskell, which nobody has: only that returns.
    app.execute(
        "delete from smatrx.skills using smatrx.skill_categories as category
         where category.id = category_id and category.slug = 'databases';
         update smatrx.skill_categories set slug = 'stores' where slug = 'databases';
         delete from smatrx.skills where name = 'Haskell';
         update smatrx.skills set slug = 'golang', tags = '{}' where name = 'Go'",
    )
    .await;
    assert_eq!(demo(&app).await.added, 1);
    let go =
        "select count(*) from smatrx.skills where name = 'Go' and slug = 'golang' and tags = '{}'";
    assert_eq!(app.count(go).await, 1);
}

/// What the database would have counted otherwise, and what its triggers would have refused.
const BROKEN_ORGANIZATION: &str = "
    select (select count(*)
            from mentorship.support_groups as circle
            where member_count <> (select count(*) from mentorship.group_memberships where group_id = circle.id))
         + (select count(*)
            from mentorship.profiles as mentor
            where current_mentee_count <> (
              select count(*) from mentorship.matches where mentor_id = mentor.user_id and status = 'approved'))
         + (select count(*)
            from mentorship.user_learning_progress as own
            join mentorship.learning_paths as path on path.id = own.path_id
            where not own.completed_modules <@ mentorship.module_ids(path.modules)
               or own.progress <> cardinality(own.completed_modules) * 100 / jsonb_array_length(path.modules))
         + (select count(*)
            from mentorship.sessions
            where not identity.has_role(mentor_id, 'mentorship', 'mentor')
               or not identity.has_role(mentee_id, 'mentorship', 'mentee', 'new_mother')
               or (status = 'completed') <> (date < now() and status not in ('cancelled', 'rejected', 'confirmed')))
         + (select count(*)
            from mentorship.feedback
            join mentorship.sessions as session on session.id = feedback.session_id
            where session.status <> 'completed' or feedback.from_user_id not in (mentor_id, mentee_id))
         + (select count(*)
            from mentorship.direct_messages
            where not mentorship.may_write(sender_id, receiver_id))";

#[tokio::test]
async fn the_demo_has_an_organization_of_twelve_at_all_stages() {
    let app = TestApp::new().await;
    demo(&app).await;
    assert_eq!(app.count(BROKEN_ORGANIZATION).await, 0);
    for (what, stages) in [
        ("select count(*) from mentorship.profiles", 12),
        ("select count(distinct onboarding_status) from mentorship.profiles", 3),
        ("select count(distinct status) from mentorship.matches", 3),
        ("select count(distinct status) from mentorship.sessions", 7),
        ("select count(distinct status) from mentorship.action_items", 3),
        ("select count(distinct status) from mentorship.proxy_requests", 4),
        ("select count(distinct status) from mentorship.user_connections", 3),
        ("select count(distinct status) from mentorship.reported_issues", 3),
        ("select count(distinct type) from mentorship.resources", 5),
    ] {
        assert_eq!(app.count(what).await, stages, "{what}");
    }
}

/// What the database would have kept right, and what its triggers would have refused.
const BROKEN_PRACTICES: &str = "
    select (select count(*)
            from visitnow.appointments
            full join (select * from visitnow.slots where status = 'booked') as taken on taken.id = slot_id
            where (slot_id is null) <> (scheduled_start < now())
               or taken.start_at is distinct from case when slot_id is not null then scheduled_start end
               or timeline -> -1 ->> 'to' <> appointments.status::text)
         + (select count(*) from visitnow.slots where status not in ('open', 'booked'))
         + (select count(*)
            from visitnow.providers
            where rating_count <> (select count(rating) from visitnow.appointments where provider_id = providers.id))
         + (select count(*)
            from visitnow.conversations as talk
            where (unread_count_provider, unread_count_patient) is distinct from (
              select ((count(*) filter (where from_patient))::integer, (count(*) filter (where not from_patient))::integer)
              from visitnow.messages
              where conversation_id = talk.id and read_at is null))
         + (select count(*) from visitnow.tickets where events -> 0 ->> 'type' <> 'opened')
         + (select count(*)
            from visitnow.providers as provider
            where status = 'active' and not identity.has_role(user_id, 'visitnow', 'doctor'))";

#[tokio::test]
async fn the_demo_has_two_clinics_with_four_providers_and_their_patients() {
    let app = TestApp::new().await;
    demo(&app).await;
    assert_eq!(app.count(BROKEN_PRACTICES).await, 0);
    for (what, many) in [
        ("select count(*) from visitnow.providers where rating is not null", 3),
        ("select count(distinct (name, geo::text)) from visitnow.clinics", 2),
        ("select count(distinct provider_id) from visitnow.slots where status = 'open'", 4),
        ("select count(distinct status) from visitnow.appointments", 5),
        ("select count(distinct status) from visitnow.credentials", 4),
        ("select count(*) from visitnow.appointments where dependant_id is not null", 3),
        ("select count(distinct patient_id) from visitnow.dependants", 2),
        ("select count(distinct status) from visitnow.tickets", 3),
    ] {
        assert_eq!(app.count(what).await, many, "{what}");
    }
    let month = "select count(*) from visitnow.slots where start_at > now() + interval '28 days'";
    assert!(app.count(month).await > 0);
}

#[tokio::test]
async fn what_people_edited_stays_and_what_they_removed_returns() {
    let app = TestApp::new().await;
    demo(&app).await;
    app.execute(
        "update coach.jobs set title = 'Mine' where title = 'Technical Writer, Developer Documentation';
         delete from coach.jobs where title = 'Junior Mobile Developer';
         update coach.resumes set is_primary = true where title = 'One page, for internships'",
    )
    .await;
    let before = everything(&app).await;
    assert_eq!(demo(&app).await.added, 2, "a job and its one change of status");
    let after = everything(&app).await;
    for (before, after) in before.iter().zip(after) {
        assert!(before.iter().all(|row| after.contains(row)));
    }
    assert_eq!(app.count("select count(*) from coach.jobs where title = 'Mine'").await, 1);
}

#[tokio::test]
async fn somebody_who_took_the_address_first_gets_nothing_of_the_demo() {
    let app = TestApp::new().await;
    let ada = app.user("ada").await;
    let report = demo(&app).await;
    assert_eq!(report.logins.len(), 20);
    assert!(!report.logins.iter().any(|login| login == "ada@example.com"));
    assert!(ada.all("/v1/coach/jobs", 100).await.is_empty());
    assert_eq!(app.count("select count(*) from coach.user_profiles").await, 2);
    assert_believable(&app).await;
}

#[tokio::test]
async fn the_demo_is_loaded_once_and_never_beside_real_people() {
    let passwords = Passwords::default();
    let app = TestApp::new().await;
    let once = seed::demo_once(&app.database_url, &passwords).await.unwrap().unwrap();
    assert_eq!(once.logins.len(), 21);
    assert_eq!(seed::demo_once(&app.database_url, &passwords).await.unwrap(), None);

    let real = TestApp::new().await;
    real.user("somebody").await;
    assert_eq!(seed::demo_once(&real.database_url, &passwords).await.unwrap(), None);
    assert_eq!(real.count("select count(*) from identity.users").await, 1);
}

#[tokio::test]
async fn two_who_load_the_demo_at_once_load_it_once() {
    let app = TestApp::new().await;
    let (one, other) = tokio::join!(demo(&app), demo(&app));
    assert_eq!(one.added.min(other.added), 0);
    assert_eq!(app.count("select count(*) from coach.jobs").await, 60);
}

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    appointments::PATH,
    people::{Patient, Practice, appointment, patient, practice, staff},
};
use crate::support::{Caller, TestApp};

const READS: &str = "select count(*) from audit.logs
    where action = 'read' and entity_type = 'visitnow.appointments'";

/// Where the notes of an appointment in this status are.
async fn place(practice: &Practice<'_>, patient: &Patient<'_>, status: &str, hours: i64) -> String {
    format!("{PATH}/{}/notes", appointment(practice, patient, status, hours).await)
}

fn notes(text: &str) -> Value {
    json!({"notes": text})
}

#[tokio::test]
async fn notes_are_written_during_the_visit_or_after_it() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    for (status, allowed) in [
        ("requested", false),
        ("confirmed", false),
        ("checked_in", false),
        ("in_progress", true),
        ("completed", true),
        ("no_show", false),
    ] {
        let place = place(&dora, &pat, status, -1).await;
        let answer = dora.put(&place, &notes("Rest.")).await;
        if allowed {
            assert_eq!(answer.ok(200), notes("Rest."), "{status}");
            assert_eq!(pat.get(&place).await.ok(200), notes("Rest."));
        } else {
            let words = format!(
                "notes are written during the visit or after it; this appointment is {}",
                status.replace('_', " ")
            );
            assert_eq!(super::appointments::refusal(&answer), words);
            assert_eq!(pat.get(&place).await.ok(200), json!({"notes": null}));
        }
        app.execute("delete from visitnow.appointments").await;
    }
    let place = place(&dora, &pat, "cancelled", -1).await;
    // Who treats them no longer has nothing to write there.
    assert_eq!(dora.put(&place, &notes("x")).await.brief(), "404 not-found");
}

#[tokio::test]
async fn a_providers_reading_is_logged_and_the_patients_is_not() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let place = place(&dora, &pat, "in_progress", -1).await;
    let written = dora.put(&place, &notes("Rest.")).await;
    let read = pat.get(&place).await;
    assert_eq!((read.ok(200), read.header("cache-control")), (notes("Rest."), "no-store"));
    assert_eq!(app.count(READS).await, 0);
    assert_eq!(dora.get(&place).await.ok(200), notes("Rest."));
    assert_eq!(app.count(READS).await, 1);
    let actor = "select count(*) from audit.logs join visitnow.providers on user_id = actor_id
        where action = 'read' and entity_id = (select id from visitnow.appointments)";
    assert_eq!(app.count(actor).await, 1);
    assert_eq!(dora.get(&place).await.etag(), written.etag());
    let words = "select count(*) from audit.logs where payload::text like '%Rest%'";
    assert_eq!(app.count(words).await, 0);
}

#[tokio::test]
async fn nobody_else_reads_or_writes_notes() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    let all = ["appointments:write", "availability:write", "messages:write", "clinic:write"];
    let member = staff(&dora, "stan", &all).await;
    let admin = app.user_with_roles("admin", &["visitnow:admin", "platform:admin"]).await;
    let place = place(&dora, &pat, "completed", -1).await;
    // Emil treats them, too; but this visit was not his.
    appointment(&emil, &pat, "completed", -5).await;
    dora.put(&place, &notes("Rest.")).await.ok(200);
    for person in [&*emil, &*other, &member, &admin] {
        assert_eq!(person.get(&place).await.brief(), "404 not-found", "{}", person.email);
        assert_eq!(
            person.put(&place, &notes("x")).await.brief(),
            "404 not-found",
            "{}",
            person.email
        );
    }
    assert_eq!(pat.put(&place, &notes("x")).await.brief(), "403 forbidden");
    assert_eq!(app.count(READS).await, 0);
    for caller in [place.replace("/notes", ""), PATH.to_owned()] {
        let shown = pat.get(&caller).await;
        assert!(!shown.text.contains("Rest."), "{shown:?}");
    }
    assert_eq!(pat.get(&place).await.ok(200), notes("Rest."));
}

#[tokio::test]
async fn who_treats_a_patient_no_longer_reads_no_notes() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let place = place(&dora, &pat, "completed", -1).await;
    dora.put(&place, &notes("Rest.")).await.ok(200);
    for (change, back) in [
        ("providers set status = 'suspended'", "providers set status = 'active'"),
        (
            "appointments set scheduled_start = now() - interval '92 days', scheduled_end = now() - interval '91 days'",
            "appointments set scheduled_start = now() - interval '90 days', scheduled_end = now() - interval '89 days'",
        ),
    ] {
        app.execute(&format!("update visitnow.{change}")).await;
        let before = app.count(READS).await;
        assert_eq!(dora.get(&place).await.brief(), "404 not-found", "{change}");
        assert_eq!(dora.put(&place, &notes("x")).await.brief(), "404 not-found", "{change}");
        assert_eq!(app.count(READS).await, before);
        assert_eq!(pat.get(&place).await.ok(200), notes("Rest."));
        app.execute(&format!("update visitnow.{back}")).await;
        dora.get(&place).await.ok(200);
    }
}

#[tokio::test]
async fn notes_replace_the_version_they_were_told() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let place = place(&dora, &pat, "completed", -1).await;
    let first = dora.put(&place, &notes("1")).await;
    dora.put(&place, &notes("2")).await.ok(200);
    let stale = ("if-match", first.etag());
    let refused = dora.send(Method::PUT, &place, stale, Some(&notes("3"))).await;
    assert_eq!(refused.brief(), "412 precondition-failed");
    let read = pat.get(&place).await;
    assert_eq!(read.ok(200), notes("2"));
    let current = ("if-match", read.etag());
    dora.send(Method::PUT, &place, current, Some(&json!({"notes": null}))).await.ok(200);
    assert_eq!(pat.get(&place).await.ok(200), json!({"notes": null}));
    for (body, fault) in [
        (json!({"notes": "x".repeat(32_001)}), "/notes length"),
        (json!({"notes": "\0"}), "/notes nul"),
        (json!({"notes": 1}), "/notes type"),
        (json!({"rating": 1}), "/rating unknown_field"),
    ] {
        let refused = dora.put(&place, &body).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([fault])));
    }
    dora.put(&place, &notes(&"\u{1f600}".repeat(32_000))).await.ok(200);
}

use std::collections::HashSet;

use serde_json::{Value, json};

use super::jobs::{PATH, given_job};
use crate::support::{Caller, TestApp, User};

/// Titles of the list, page by page.
async fn titles(user: &User<'_>, query: &str) -> Vec<String> {
    let mut titles = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = user.get(&format!("{PATH}?{query}{cursor}")).await.ok(200);
        let items = page["items"].as_array().unwrap();
        titles.extend(items.iter().map(|job| job["title"].as_str().unwrap().to_owned()));
        let Some(next) = page["nextCursor"].as_str() else { return titles };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn list_filters_by_each_field() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    for (title, fields) in [
        ("a", json!({"status": "APPLIED", "workMode": "REMOTE", "tags": ["x", "y, z"]})),
        ("b", json!({"status": "REJECTED", "jobType": "CONTRACT", "tags": ["x"]})),
        ("c", json!({"workMode": "ONSITE", "jobType": "CONTRACT"})),
    ] {
        let mut fields = fields;
        fields["title"] = json!(title);
        given_job(&ann, fields).await;
    }
    given_job(&bob, json!({"title": "bob's", "status": "APPLIED", "tags": ["x"]})).await;
    for (query, expected) in [
        ("", "c b a"),
        ("status=APPLIED", "a"),
        ("status=APPLIED&status=REJECTED", "b a"),
        ("status=APPLIED,INTERESTED&status=REJECTED", "c b a"),
        ("status=WITHDRAWN", ""),
        ("workMode=REMOTE", "a"),
        ("jobType=CONTRACT", "c b"),
        ("jobType=CONTRACT&workMode=ONSITE", "c"),
        ("tag=x", "b a"),
        ("tag=y,%20z", "a"),
        ("tag=X", ""),
    ] {
        for sort in ["-createdAt", "-appliedAt", "-matchScore", "applicationDeadline"] {
            let found: HashSet<_> =
                titles(&ann, &format!("{query}&sort={sort}")).await.into_iter().collect();
            let expected = expected.split_whitespace().map(ToOwned::to_owned).collect();
            assert_eq!(found, expected, "{query} {sort}");
        }
    }
}

#[tokio::test]
async fn list_searches_four_fields_in_whatever_case_and_literally() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (title, fields) in [
        ("Größe 100%", json!({})),
        ("b", json!({"company": "Snake_Case Ltd"})),
        ("c", json!({"location": r"C:\Lisbon"})),
        ("d", json!({"description": "We write RUST.", "notes": "hidden"})),
    ] {
        let mut fields = fields;
        fields["title"] = json!(title);
        given_job(&ann, fields).await;
    }
    for (q, expected) in [
        ("GR%C3%B6%C3%9Fe", "Größe 100%"),
        ("gr%C3%96%C3%9FE", "Größe 100%"),
        ("%25", "Größe 100%"),
        ("100%25", "Größe 100%"),
        ("snake_", "b"),
        ("e_c", "b"),
        ("ke_ca", "b"),
        ("%5Clisb", "c"),
        ("rust", "d"),
        ("hidden", ""),
        ("r_st", ""),
        ("%27;--", ""),
    ] {
        let found = titles(&ann, &format!("q={q}")).await;
        let expected: Vec<_> =
            Some(expected).filter(|title| !title.is_empty()).into_iter().collect();
        assert_eq!(found, expected, "{q}");
    }
}

/// Three jobs for each of some values, and three without.
async fn given_ties(user: &User<'_>) {
    for round in 0..3 {
        for value in [Some(1), None, Some(2), Some(3)] {
            let title = value.map_or(format!("none{round}"), |value| format!("{value}-{round}"));
            let score = value.map(|value| value * 10);
            let deadline = value.map(|value| format!("2026-03-0{value}T00:00:00Z"));
            given_job(
                user,
                json!({"title": title, "matchScore": score, "applicationDeadline": deadline}),
            )
            .await;
        }
    }
    // Nobody but the server writes this one.
    let sql = "update coach.jobs set applied_at = application_deadline + interval '1 microsecond'";
    user.app.execute(sql).await;
}

#[tokio::test]
async fn every_sort_pages_over_equal_and_missing_values_without_gap_or_repeat() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_ties(&ann).await;
    given_ties(&bob).await;
    let down =
        ["3-2", "3-1", "3-0", "2-2", "2-1", "2-0", "1-2", "1-1", "1-0", "none2", "none1", "none0"];
    let up =
        ["1-0", "1-1", "1-2", "2-0", "2-1", "2-2", "3-0", "3-1", "3-2", "none0", "none1", "none2"];
    let newest =
        ["3-2", "2-2", "none2", "1-2", "3-1", "2-1", "none1", "1-1", "3-0", "2-0", "none0", "1-0"];
    for (sort, expected) in [
        ("-createdAt", newest),
        ("-appliedAt", down),
        ("-matchScore", down),
        ("applicationDeadline", up),
    ] {
        for limit in [1, 2, 3, 4, 5, 11, 12, 13] {
            let found = titles(&ann, &format!("sort={sort}&limit={limit}")).await;
            assert_eq!(found, expected, "{sort} by {limit}");
        }
    }
}

#[tokio::test]
async fn match_score_of_nought_comes_before_none() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    given_job(&ann, json!({"title": "nought", "matchScore": 0})).await;
    given_job(&ann, json!({"title": "none"})).await;
    given_job(&ann, json!({"title": "full", "matchScore": 100})).await;
    assert_eq!(titles(&ann, "sort=-matchScore&limit=1").await, ["full", "nought", "none"]);
}

#[tokio::test]
async fn cursor_of_another_sort_is_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    given_ties(&ann).await;
    let sorts = ["-createdAt", "-appliedAt", "-matchScore", "applicationDeadline"];
    for made_by in sorts {
        let page = ann.get(&format!("{PATH}?limit=1&sort={made_by}")).await.ok(200);
        let cursor = page["nextCursor"].as_str().unwrap();
        for used_by in sorts {
            let answer = ann.get(&format!("{PATH}?sort={used_by}&cursor={cursor}")).await;
            if made_by == used_by {
                answer.ok(200);
            } else {
                assert_eq!(
                    answer.brief(),
                    r#"400 malformed ["cursor cursor"]"#,
                    "{made_by} {used_by}"
                );
            }
        }
    }
}

#[tokio::test]
async fn bad_parameters_are_named() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let long = "x".repeat(201);
    for (query, name) in [
        ("status=HIRED", "status"),
        ("status=", "status"),
        ("workMode=remote", "workMode"),
        ("jobType=GIG", "jobType"),
        ("sort=title", "sort"),
        ("sort=createdAt", "sort"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("cursor=x", "cursor"),
        ("q=", "q"),
        (&format!("q={long}"), "q"),
        ("tag=", "tag"),
        ("company=Acme", "company"),
    ] {
        let answer = ann.get(&format!("{PATH}?{query}")).await;
        assert_eq!(answer.status, 400, "{query}: {answer:?}");
        let errors: Value = answer.json()["errors"].clone();
        assert_eq!(errors[0]["pointer"], name, "{query}: {answer:?}");
    }
    assert_eq!(ann.get(&format!("{PATH}?q=%00")).await.status, 400);
}

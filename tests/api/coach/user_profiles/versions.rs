use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::{PATH, full, give_parts};
use crate::support::{Caller, TestApp, assert_holds};

#[tokio::test]
async fn known_version_is_not_sent_again() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.put(PATH, &full()).await;
    let known = ann.send(Method::GET, PATH, ("if-none-match", made.etag()), None).await;
    assert_eq!((known.status, known.text.as_str(), known.etag()), (304, "", made.etag()));
    ann.patch(PATH, &json!({"city": "Porto"})).await.ok(200);
    let news = ann.send(Method::GET, PATH, ("if-none-match", made.etag()), None).await;
    assert_eq!(news.ok(200)["city"], "Porto");
}

#[tokio::test]
async fn if_match_needs_that_version_and_a_profile() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let changed = "412 precondition-failed";
    for method in [Method::PUT, Method::PATCH] {
        for tag in ["*", "\"5\"", "nonsense"] {
            let absent = ann.send(method.clone(), PATH, ("if-match", tag), Some(&json!({}))).await;
            assert_eq!(absent.brief(), changed);
        }
    }
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");

    let mut seen = ann.put(PATH, &json!({})).await.etag().to_owned();
    for method in [Method::PUT, Method::PATCH] {
        let send = |tag: String, city: &str| {
            let (ann, method, body) = (&ann, method.clone(), json!({ "city": city }));
            async move { ann.send(method, PATH, ("if-match", &tag), Some(&body)).await }
        };
        let now = send(format!("\"5\", {seen}"), "Oslo").await;
        assert_eq!(now.ok(200)["city"], "Oslo");
        assert_eq!(send(seen, "late").await.brief(), changed);
        assert_eq!(send("nonsense".into(), "late").await.brief(), changed);
        seen = send("*".into(), "Porto").await.etag().to_owned();
        assert_eq!(ann.get(PATH).await.ok(200)["city"], "Porto");
    }
    // A change of a list is a change of the profile.
    give_parts(&ann).await;
    let late = ann.send(Method::PUT, PATH, ("if-match", &seen), Some(&json!({}))).await;
    assert_eq!(late.brief(), changed);
}

#[tokio::test]
async fn of_two_patches_of_one_version_one_wins() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.put(PATH, &json!({})).await;
    let header = ("if-match", made.etag());
    let (one, other) = (json!({"city": "Oslo"}), json!({"bio": "Hello"}));
    let (first, second) = tokio::join!(
        ann.send(Method::PATCH, PATH, header, Some(&one)),
        ann.send(Method::PATCH, PATH, header, Some(&other)),
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let winner = if first.status == 200 { first } else { second };
    assert_eq!(ann.get(PATH).await.ok(200), winner.json());
}

#[tokio::test]
async fn patches_at_once_lose_nothing_even_while_the_profile_begins() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let full = full();
    let patches: Vec<Value> =
        full.as_object().unwrap().iter().map(|(field, value)| json!({ field: value })).collect();
    let writes = join_all(patches.iter().map(|patch| ann.patch(PATH, patch)));
    let (answers, ()) = tokio::join!(writes, give_parts(&ann));
    assert!(answers.iter().all(|answer| [200, 201].contains(&answer.status)), "{answers:?}");
    let profile = ann.get(PATH).await;
    assert_holds(&profile.ok(200), &full);
    for list in ["experiences", "educations", "skills", "certifications"] {
        assert_eq!(profile.json()[list].as_array().unwrap().len(), 1);
    }
    assert_eq!(app.count("select count(*) from coach.user_profiles").await, 1);
}

/// Whatever a write answers is what its tag stands for: as many parts as there were then.
#[tokio::test]
async fn a_tag_stands_for_one_document() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    ann.put(PATH, &json!({})).await.ok(201);
    let skills: Vec<Value> =
        (0..16).map(|number| json!({"name": number.to_string(), "level": "EXPERT"})).collect();
    let path = format!("{PATH}/skills");
    let posts = join_all(skills.iter().map(|skill| ann.post(&path, skill)));
    let body = json!({});
    let puts = join_all((0..16).map(|_| ann.put(PATH, &body)));
    let gets = join_all((0..16).map(|_| ann.get(PATH)));
    let (_, puts, gets) = tokio::join!(posts, puts, gets);
    let mut seen: Vec<(String, usize)> = puts
        .iter()
        .chain(&gets)
        .map(|answer| {
            let version = answer.ok(200)["updatedAt"].as_str().unwrap().to_owned();
            (version, answer.json()["skills"].as_array().unwrap().len())
        })
        .collect();
    seen.push((ann.get(PATH).await.ok(200)["updatedAt"].as_str().unwrap().to_owned(), 16));
    // The parts only grow, so a later version never has fewer.
    seen.sort();
    assert!(seen.is_sorted_by_key(|(_, parts)| *parts), "{seen:?}");
}

//! Bodies that are not what they should be.

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{JOBS, job};
use crate::support::{Caller, Response, TestApp, User};

const JSON: &str = "application/json";

async fn post(user: &User<'_>, body: impl Into<reqwest::Body>) -> Response {
    user.raw(Method::POST, JOBS, JSON, body).await
}

#[tokio::test]
async fn an_array_is_no_object_however_deep() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let salary = json!([1, 2, "EUR"]);
    for (path, body, error) in [
        (JOBS, json!(["Engineer", "Acme"]), " type"),
        ("/v1/smatrx/imports", json!(["resume", "Rust", null]), " type"),
        (
            "/v1/smatrx/imports",
            json!({"source": "github", "items": [{"skill": "Go"}, ["Rust", "expert", 3, null]]}),
            "/items/1 type",
        ),
        (
            "/v1/coach/career-goals",
            json!({"title": "x", "milestones": [["y", true, null]]}),
            "/milestones/0 type",
        ),
    ] {
        let expected = format!("422 validation {}", json!([error]));
        assert_eq!(ann.post(path, &body).await.brief(), expected.as_str());
    }
    let profile = "/v1/smatrx/profile";
    let expected = r#"422 validation ["/salaryExpectation type"]"#;
    assert_eq!(ann.put(profile, &json!({"salaryExpectation": salary})).await.brief(), expected);
    assert_eq!(ann.patch(profile, &json!({"salaryExpectation": salary})).await.brief(), expected);
    // What is free keeps its arrays, and so does what is a list.
    let free = json!({"analysisType": "gap", "data": {"a": [[1], {"b": [null]}]}});
    assert_eq!(ann.post("/v1/smatrx/analyses", &free).await.ok(201)["data"], free["data"]);
    let lists = json!({"industries": ["Law"], "salaryExpectation": {"min": 1, "currency": "EUR"}});
    ann.put(profile, &lists).await.ok(201);
}

#[tokio::test]
async fn what_is_not_json_is_malformed() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(JOBS, &job()).await;
    made.ok(201);
    let invalid_utf8 = b"{\"title\": \"\xff\", \"company\": \"b\"}".to_vec();
    let raw_nul = b"{\"title\": \"a\0b\", \"company\": \"b\"}".to_vec();
    let bodies: [Vec<u8>; 8] = [
        "{".into(),
        "nonsense".into(),
        "{\"title\": }".into(),
        "{\"title\": \"a\", \"company\": \"b\"} more".into(),
        "{'title': 'a'}".into(),
        "{\"title\": NaN, \"company\": \"b\"}".into(),
        invalid_utf8,
        raw_nul,
    ];
    for body in bodies {
        let text = String::from_utf8_lossy(&body).into_owned();
        assert_eq!(post(&ann, body.clone()).await.brief(), "400 malformed", "POST {text}");
        let put = ann.raw(Method::PUT, made.header("location"), JSON, body.clone()).await;
        assert_eq!(put.brief(), "400 malformed", "PUT {text}");
        let patch = ann.raw(Method::PATCH, made.header("location"), JSON, body).await;
        assert_eq!(patch.brief(), "400 malformed", "PATCH {text}");
    }
    let half_a_pair = r#"{"title": "\ud800", "company": "b"}"#;
    assert_eq!(post(&ann, half_a_pair).await.brief(), r#"422 validation ["/title type"]"#);
}

#[tokio::test]
async fn values_of_the_wrong_type_are_named() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(JOBS, &job()).await;
    made.ok(201);
    for (field, value) in [
        ("title", json!(1)),
        ("title", json!(["a"])),
        ("title", json!(null)),
        ("salaryMin", json!("1")),
        ("salaryMin", json!(1.5)),
        ("salaryMin", json!(9_223_372_036_854_775_807_i64)),
        ("salaryMin", json!(2_147_483_648_i64)),
        ("salaryMin", json!(-2_147_483_649_i64)),
        ("priority", json!(true)),
        ("requirements", json!("Rust")),
        ("status", json!("NONSENSE")),
        ("status", json!("interested")),
        ("workMode", json!(0)),
        ("postedAt", json!("2026-02-30T00:00:00Z")),
        ("postedAt", json!("yesterday")),
        ("postedAt", json!(1_700_000_000)),
        ("aiAnalysis", json!("good")),
    ] {
        let mut body = job();
        body[field] = value.clone();
        let wanted = format!(r#"422 validation ["/{field} type"]"#);
        assert_eq!(ann.post(JOBS, &body).await.brief(), wanted, "POST {value}");
        if !value.is_null() {
            let patch = json!({ field: value });
            let patched = ann.patch(made.header("location"), &patch).await;
            assert_eq!(patched.brief(), wanted, "PATCH {value}");
        }
    }
    let mut nested = job();
    nested["requirements"] = json!(["a", 2]);
    let refused = post(&ann, nested.to_string()).await;
    assert_eq!(refused.brief(), r#"422 validation ["/requirements/1 type"]"#);
    assert_eq!(post(&ann, "[]").await.status, 422);
    assert_eq!(post(&ann, "null").await.status, 422);
    assert_eq!(post(&ann, "\"text\"").await.status, 422);
}

#[tokio::test]
async fn dates_that_are_none_are_named() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for date in ["2026-02-30", "2026-13-01", "0000-00-00", "26-1-1", "-9999-01-01", "300000-01-01"]
    {
        let body = json!({"name": "a", "issuingOrganization": "b", "issueDate": date});
        let refused = ann.post("/v1/coach/profile/certifications", &body).await;
        let pointer = &refused.json()["errors"][0]["pointer"];
        assert_eq!((refused.status, pointer), (422, &json!("/issueDate")), "{date} {refused:?}");
    }
}

#[tokio::test]
async fn numbers_out_of_range_are_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(JOBS, &job()).await;
    for number in ["1e999", "-1e999", "9223372036854775808", "99999999999999999999999", "1E400"] {
        let body = format!(r#"{{"title": "a", "company": "b", "salaryMin": {number}}}"#);
        let refused = post(&ann, body).await;
        assert_eq!(refused.status, 422, "{number}: {refused:?}");
        let patch = format!(r#"{{"salaryMin": {number}}}"#);
        let patched = ann.raw(Method::PATCH, made.header("location"), JSON, patch).await;
        assert_eq!(patched.status, 422, "{number}: {patched:?}");
    }
}

#[tokio::test]
async fn every_broken_rule_is_reported_at_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let body = json!({
        "title": "", "company": "x".repeat(201), "priority": 6, "jobUrl": "javascript:alert(1)",
        "aiAnalysis": {"strengths": [""]},
    });
    let problem = ann.post(JOBS, &body).await.json();
    let pointers: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(pointers, ["/aiAnalysis/strengths", "/company", "/jobUrl", "/priority", "/title"]);
}

#[tokio::test]
async fn nul_is_refused_wherever_it_hides() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (body, pointer) in [
        (json!({"title": "a\0", "company": "b"}), "/title"),
        (json!({"title": "a", "company": "b", "requirements": ["x", "\0"]}), "/requirements/1"),
        (
            json!({"title": "a", "company": "b", "aiAnalysis": {"recommendation": "\0"}}),
            "/aiAnalysis/recommendation",
        ),
        (json!({"title": "a", "company": "b", "a/b~c": "\0"}), "/a~1b~0c"),
    ] {
        let wanted = format!(r#"422 validation ["{pointer} nul"]"#);
        assert_eq!(ann.post(JOBS, &body).await.brief(), wanted);
    }
    assert_eq!(ann.post(JOBS, &json!({"\0": 1})).await.status, 422, "in a name");
    // What only looks like an escape is none.
    let text = r"C:\u0000";
    let made = ann.post(JOBS, &json!({"title": text, "company": "b"})).await;
    assert_eq!(made.ok(201)["title"], text);
}

#[tokio::test]
async fn a_body_over_one_mebibyte_is_too_large() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let fill = |size: usize| {
        let shell = r#"{"title": "", "company": "b"}"#.len();
        format!(r#"{{"title": "{}", "company": "b"}}"#, "x".repeat(size - shell))
    };
    assert_eq!(post(&ann, fill(1024 * 1024)).await.brief(), r#"422 validation ["/title length"]"#);
    assert_eq!(post(&ann, fill(1024 * 1024 + 1)).await.brief(), "413 too-large");

    // Chunked, so that no Content-Length gives it away.
    let mut stream = tokio::net::TcpStream::connect(app.address).await.unwrap();
    let head = format!(
        "POST {JOBS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: {JSON}\r\n\
         transfer-encoding: chunked\r\nconnection: close\r\n\r\n",
        ann.token
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut reader, mut writer) = stream.into_split();
    let body = fill(1024 * 1024 + 1);
    let sending = tokio::spawn(async move {
        for part in body.as_bytes().chunks(65536) {
            // The server may hang up in the middle of it.
            let sent = async {
                writer.write_all(format!("{:x}\r\n", part.len()).as_bytes()).await?;
                writer.write_all(part).await?;
                writer.write_all(b"\r\n").await
            };
            if sent.await.is_err() {
                return;
            }
        }
        drop(writer.write_all(b"0\r\n\r\n").await);
    });
    let mut answer = vec![0; 12];
    reader.read_exact(&mut answer).await.unwrap();
    assert_eq!(String::from_utf8(answer).unwrap(), "HTTP/1.1 413");
    sending.abort();
}

#[tokio::test]
async fn depth_does_not_exhaust_the_stack() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(JOBS, &job()).await;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let middle = if open == "[" { "" } else { "1" };
        let deep = format!("{}{middle}{}", open.repeat(10_000), close.repeat(10_000));
        let body = format!(r#"{{"title": "a", "company": "b", "aiAnalysis": {deep}}}"#);
        assert!([400, 422].contains(&post(&ann, body.clone()).await.status));
        let patched = ann.raw(Method::PATCH, made.header("location"), JSON, body.clone()).await;
        assert!([400, 422].contains(&patched.status), "{patched:?}");
        let with_nul = body.replace("\"a\"", "\"\\u0000\"");
        assert!([400, 422].contains(&post(&ann, with_nul).await.status));
    }
}

#[tokio::test]
async fn a_field_given_twice_is_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let twice = r#"{"title": "a", "title": "b", "company": "c"}"#;
    let refused = post(&ann, twice).await;
    assert_eq!(refused.status, 422, "{refused:?}");
}

#[tokio::test]
async fn an_empty_body_is_an_empty_object() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    assert_eq!(post(&ann, "").await.brief(), r#"422 validation ["/title required"]"#);
    let bare = Response::of(ann.request(Method::POST, JOBS)).await;
    assert_eq!(bare.brief(), r#"422 validation ["/title required"]"#);
}

#[tokio::test]
async fn other_content_types_are_not_understood() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(JOBS, &job()).await;
    let place = made.header("location");
    let body = job().to_string();
    for wrong in ["text/plain", "application/xml", "application/jsonp", "multipart/form-data", ""] {
        let refused = ann.raw(Method::POST, JOBS, wrong, body.clone()).await;
        assert_eq!(refused.brief(), "415 unsupported-media-type", "{wrong}");
    }
    let merge = "application/merge-patch+json";
    assert_eq!(ann.raw(Method::PUT, place, merge, body.clone()).await.status, 415);
    assert_eq!(ann.raw(Method::PATCH, place, merge, body.clone()).await.status, 200);
    let patch = "application/json-patch+json";
    assert_eq!(ann.raw(Method::PATCH, place, patch, "[]").await.status, 415);
    for right in ["application/json", "Application/JSON", "application/json; charset=utf-8"] {
        assert_eq!(ann.raw(Method::POST, JOBS, right, body.clone()).await.status, 201, "{right}");
    }
}

#[tokio::test]
async fn text_comes_back_as_it_was_sent() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for text in [
        "👩🏽‍💻 naïve façade",
        "مرحبا بالعالم",
        "e\u{301} is not é",
        "\u{202e}reversed\u{202c}",
        "漢字かな交じり文",
        "zero\u{200b}width\u{feff}",
        " spaces around ",
        "'; drop table coach.jobs; --",
        "\\x00 %s {} ${jndi:ldap://x} <script>alert(1)</script>",
        "tab\tand\nnewline\r\n",
        "\u{10ffff}\u{fffd}\u{7f}",
    ] {
        let made = ann.post(JOBS, &json!({"title": text, "company": "b", "notes": text})).await;
        let read = ann.get(made.header("location")).await.ok(200);
        assert_eq!((&read["title"], &read["notes"]), (&json!(text), &json!(text)));
    }
    // Bounds count characters, not bytes.
    let long = "👩".repeat(200);
    assert_eq!(ann.post(JOBS, &json!({"title": long, "company": "b"})).await.status, 201);
    let longer: Value = json!({"title": format!("{long}👩"), "company": "b"});
    assert_eq!(ann.post(JOBS, &longer).await.brief(), r#"422 validation ["/title length"]"#);
}

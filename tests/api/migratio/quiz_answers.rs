use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{
    people::country,
    questions::{given_questions, options_of},
    quiz_responses::{SESSIONS, begin},
};
use crate::support::{Caller, TestApp, User};

/// Answers a question of a session.
pub async fn answer(
    user: &User<'_>,
    session: &str,
    code: &str,
    answer: Value,
) -> crate::support::Response {
    user.put(&format!("{session}/answers/{code}"), &json!({"answer": answer})).await
}

/// Answers several questions, each of which must be taken.
pub async fn answer_all(user: &User<'_>, session: &str, answers: &[(&str, Value)]) {
    for (code, value) in answers {
        answer(user, session, code, value.clone()).await.ok(200);
    }
}

/// Questions, what they take, and what they refuse with which fault.
const FITTING: &str = r#"[
  ["one", ["x", "z"], [["w", "option"], ["", "option"], ["X", "option"], [1, "type"], [["x"], "type"], [null, "type"],
                       [{}, "type"]]],
  ["some", [["x"], ["z", "x", "y"]], [[[], "selections"], [["x", "x"], "distinct"], [["w"], "option"], ["x", "type"],
                                      [[1], "type"], [[null], "type"], [{"x": 1}, "type"]]],
  ["two", [["x", "y"]], [[["x"], "selections"], [["x", "y", "z"], "selections"]]],
  ["text", ["é"], [["", "length"], [5, "type"], [true, "type"], ["a\u0000", "nul"]]],
  ["word", ["ab", "éééé"], [["a", "length"], ["abcde", "length"], ["aB", "pattern"], ["ab1", "pattern"],
                            [" ab", "pattern"], ["ab\n", "pattern"]]],
  ["number", [0, -5, 1.5, 1e300], [["5", "type"], [true, "type"], [[5], "type"]]],
  ["few", [-1.5, 3, 0], [[-1.6, "range"], [3.01, "range"]]],
  ["day", ["1900-01-01", "2199-12-31", "2028-02-29"],
   [["2027-02-29", "type"], ["1899-12-31", "date"], ["2200-01-01", "date"], ["2027-1-1", "type"],
    ["2027-01-01T00:00:00Z", "type"], ["", "type"], [20270101, "type"]]],
  ["spring", ["2027-03-01", "2027-05-31"], [["2027-02-28", "range"], ["2027-06-01", "range"]]],
  ["yes", [true, false], [["true", "type"], [1, "type"]]],
  ["land", ["CA"], [["ca", "country"], ["CAN", "country"], ["XX", "country"], ["NW", "country"], ["", "country"],
                    [1, "type"]]]
]"#;

/// A question of each type, some with rules.
async fn of_each_type(app: &TestApp) {
    country(app, "Canada", "CA", ("CAD", 0.7)).await;
    country(app, "Nowhere", "NW", ("NWD", 1.0)).await;
    app.execute("update migratio.countries set is_active = false where alpha2 = 'NW'").await;
    let questions = [
        ("one", "singleChoice", "{}"),
        ("some", "multipleChoice", "{}"),
        ("two", "multipleChoice", r#"{"minSelections": 2, "maxSelections": 2}"#),
        ("text", "text", "{}"),
        ("word", "text", r#"{"minLength": 2, "maxLength": 4, "pattern": "[a-zé]+|x{9}"}"#),
        ("number", "number", "{}"),
        ("few", "number", r#"{"min": -1.5, "max": 3}"#),
        ("day", "date", "{}"),
        ("spring", "date", r#"{"minDate": "2027-03-01", "maxDate": "2027-05-31"}"#),
        ("yes", "boolean", "{}"),
        ("land", "country", "{}"),
    ];
    let rules = |rules| json!({"validation": serde_json::from_str::<Value>(rules).unwrap()});
    given_questions(app, &questions.map(|(code, kind, of)| (code, kind, rules(of)))).await;
}

/// A question's code, answers that it takes, and answers that it does not with what is said to them.
type Answers = (String, Vec<Value>, Vec<(Value, String)>);

#[tokio::test]
async fn answers_fit_their_question() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    of_each_type(&app).await;
    let session = begin(&ann).await;
    let table: Vec<Answers> = serde_json::from_str(FITTING).unwrap();
    for (code, good, bad) in table {
        for value in &good {
            let step = answer(&ann, &session, &code, value.clone()).await.ok(200);
            assert_eq!((&step["answer"], &step["counts"]), (value, &json!(true)), "{code}");
        }
        for (value, fault) in bad {
            let wanted = format!(r#"422 validation ["/answer {fault}"]"#);
            let refused = answer(&ann, &session, &code, value.clone()).await;
            assert_eq!(refused.brief(), wanted, "{code} {value}");
        }
        let answers = ann.get(&session).await.ok(200)["answers"].clone();
        let kept = answers.as_array().unwrap().iter().find(|one| one["questionId"] == code);
        assert_eq!(
            kept.map(|one| &one["answer"]),
            good.last(),
            "{code}: a refusal changed something"
        );
    }
}

#[tokio::test]
async fn a_text_is_taken_up_to_its_last_character() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    given_questions(&app, &[("text", "text", json!({}))]).await;
    let session = begin(&ann).await;
    for letter in ["x", "\u{1}", "🧭", "\"", "\\"] {
        let longest = json!(letter.repeat(10_000));
        let step = answer(&ann, &session, "text", longest.clone()).await.ok(200);
        assert_eq!(step["answer"], longest);
        let refused = answer(&ann, &session, "text", json!(letter.repeat(10_001))).await;
        assert_eq!(refused.brief(), r#"422 validation ["/answer length"]"#);
    }
}

#[tokio::test]
async fn answers_that_tell_of_the_profile_fit_it() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let fact = |fact: &str| json!({"profileFact": fact});
    let codes: Vec<String> = (0..51).map(|number| format!("k{number}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    given_questions(
        &app,
        &[
            ("born", "date", fact("dateOfBirth")),
            ("work", "text", fact("occupation")),
            ("years", "number", fact("yearsOfExperience")),
            ("assets", "number", fact("liquidAssets")),
            ("currency", "text", fact("financialCurrency")),
            (
                "ways",
                "multipleChoice",
                json!({"profileFact": "pathwayTypes", "options": options_of(&codes)}),
            ),
        ],
    )
    .await;
    let session = begin(&ann).await;
    for (code, value, fault) in [
        ("born", json!("2198-01-01"), "date"),
        ("work", json!("é".repeat(201)), "length"),
        ("years", json!(-0.1), "range"),
        ("years", json!(80.1), "range"),
        ("assets", json!(-1), "range"),
        ("assets", json!(1e13), "range"),
        ("currency", json!("eur"), "currency"),
        ("ways", json!(codes[..21]), "selections"),
    ] {
        let wanted = format!(r#"422 validation ["/answer {fault}"]"#);
        assert_eq!(answer(&ann, &session, code, value).await.brief(), wanted, "{code}");
    }
    answer_all(
        &ann,
        &session,
        &[
            ("work", json!("é".repeat(200))),
            ("years", json!(80)),
            ("assets", json!(1e12)),
            ("ways", json!(codes[..20])),
        ],
    )
    .await;
}

#[tokio::test]
async fn bodies_of_answers_are_strict() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    given_questions(&app, &[("a", "text", json!({}))]).await;
    let place = format!("{}/answers/a", begin(&ann).await);
    for (body, wanted) in [
        (json!({}), r#"422 validation ["/answer required"]"#),
        (json!({"answer": null}), r#"422 validation ["/answer type"]"#),
        (json!({"answer": {"deep": [1]}}), r#"422 validation ["/answer type"]"#),
        (json!({"answer": "x", "nonsense": 1}), r#"422 validation ["/nonsense unknown_field"]"#),
        (json!(["x"]), r#"422 validation [" type"]"#),
    ] {
        assert_eq!(ann.put(&place, &body).await.brief(), wanted, "{body}");
    }
    let huge = json!({"answer": "x".repeat(2 << 20)});
    assert_eq!(ann.put(&place, &huge).await.brief(), "413 too-large");
}

#[tokio::test]
async fn only_what_is_asked_is_answered_and_only_by_its_owner() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let hidden =
        json!({"conditionalDisplay": {"questionId": "a", "operator": "equals", "value": "yes"}});
    given_questions(
        &app,
        &[
            ("a", "text", json!({})),
            ("b", "text", hidden),
            ("off", "text", json!({"isActive": false})),
        ],
    )
    .await;
    let session = begin(&ann).await;
    for (code, wanted) in [
        ("b", "409 conflict"),
        ("off", "404 not-found"),
        ("gone", "404 not-found"),
        ("A", "404 not-found"),
        ("a%00b", "404 not-found"),
        ("%C3%A9", "404 not-found"),
    ] {
        assert_eq!(answer(&ann, &session, code, json!("x")).await.brief(), wanted, "{code}");
        let gone = ann.delete(&format!("{session}/answers/{code}")).await;
        assert_eq!(gone.brief(), "404 not-found", "DELETE {code}");
    }
    answer(&ann, &session, "a", json!("yes")).await.ok(200);
    answer(&ann, &session, "b", json!("x")).await.ok(200);
    begin(&bob).await;
    for code in ["a", "b", "gone"] {
        assert_eq!(answer(&bob, &session, code, json!("bob")).await.brief(), "404 not-found");
        let gone = bob.delete(&format!("{session}/answers/{code}")).await;
        assert_eq!(gone.brief(), "404 not-found");
    }
    let answers = ann.get(&session).await.ok(200)["answers"].clone();
    let values: Vec<_> =
        answers.as_array().unwrap().iter().map(|one| one["answer"].clone()).collect();
    assert_eq!(values, [json!("yes"), json!("x")]);
    let nowhere = format!("{SESSIONS}/{}", uuid::Uuid::now_v7());
    assert_eq!(answer(&ann, &nowhere, "a", json!("x")).await.brief(), "404 not-found");
    assert_eq!(
        answer(&ann, &format!("{SESSIONS}/x"), "a", json!("x")).await.brief(),
        "404 not-found"
    );
}

#[tokio::test]
async fn answers_lead_on_and_hide_what_they_no_longer_ask() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let when = |other: &str, operator: &str, value: Value| json!({"conditionalDisplay": {"questionId": other, "operator": operator, "value": value}});
    given_questions(
        &app,
        &[
            ("kids", "boolean", json!({})),
            ("many", "number", when("kids", "equals", json!(true))),
            ("van", "singleChoice", when("many", "greaterThan", json!(3))),
            ("colour", "text", when("van", "in", json!(["x", "y"]))),
            ("end", "text", json!({})),
        ],
    )
    .await;
    let session = begin(&ann).await;
    for (code, value, progress, next) in [
        ("kids", json!(true), (1, 3, 33), json!("many")),
        ("many", json!(4), (2, 4, 50), json!("van")),
        ("van", json!("y"), (3, 5, 60), json!("colour")),
        ("colour", json!("red"), (4, 5, 80), json!("end")),
        ("end", json!("x"), (5, 5, 100), json!(null)),
        // One answer hides all that hangs on it.
        ("kids", json!(false), (2, 2, 100), json!(null)),
        // What was answered before counts again, and the chain goes as far as it did.
        ("kids", json!(true), (5, 5, 100), json!(null)),
        ("many", json!(3), (3, 3, 100), json!(null)),
    ] {
        let step = answer(&ann, &session, code, value.clone()).await.ok(200);
        let (answered, visible, percentage) = progress;
        let wanted = json!({"answered": answered, "visible": visible, "percentage": percentage});
        assert_eq!(step["progress"], wanted, "{code} {value}");
        assert_eq!(step["nextQuestion"]["questionId"], next, "{code} {value}");
        let now = ann.get(&session).await.ok(200);
        assert_eq!(
            (&now["progress"], &now["nextQuestion"]),
            (&step["progress"], &step["nextQuestion"])
        );
    }
    let now = ann.get(&session).await.ok(200);
    let counts: Vec<_> =
        now["answers"].as_array().unwrap().iter().map(|one| one["counts"] == true).collect();
    assert_eq!(counts, [true, true, false, false, true]);
    assert_eq!(answer(&ann, &session, "van", json!("x")).await.brief(), "409 conflict");
    assert_eq!(ann.delete(&format!("{session}/answers/many")).await.status, 204);
    let now = ann.get(&session).await.ok(200);
    assert_eq!(now["nextQuestion"]["questionId"], "many");
    assert_eq!(ann.delete(&format!("{session}/answers/many")).await.brief(), "404 not-found");
}

#[tokio::test]
async fn an_answer_that_its_question_no_longer_takes_is_asked_for_anew() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    given_questions(
        &app,
        &[("a", "number", json!({"validation": {"required": true}})), ("b", "text", json!({}))],
    )
    .await;
    let session = begin(&ann).await;
    answer_all(&ann, &session, &[("a", json!(5)), ("b", json!("x"))]).await;
    app.execute("update migratio.questions set validation = '{\"required\": true, \"max\": 4}' where question_id = 'a'").await;
    let now = ann.get(&session).await.ok(200);
    assert_eq!(
        (&now["answers"][0]["counts"], &now["answers"][1]["counts"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(now["nextQuestion"]["questionId"], "a");
    assert_eq!(ann.post(&format!("{session}/complete"), &json!({})).await.brief(), "409 conflict");
    app.execute("update migratio.questions set is_active = false where question_id = 'a'").await;
    assert_eq!(ann.get(&session).await.ok(200)["nextQuestion"], json!(null));
    ann.post(&format!("{session}/complete"), &json!({})).await.ok(200);
}

#[tokio::test]
async fn answers_sent_in_parallel_all_arrive() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let codes: Vec<String> = (0..30).map(|number| format!("q{number}")).collect();
    let questions: Vec<_> = codes.iter().map(|code| (code.as_str(), "text", json!({}))).collect();
    given_questions(&app, &questions).await;
    let (hers, his) = (begin(&ann).await, begin(&bob).await);
    let all = codes.iter().flat_map(|code| {
        [
            answer(&ann, &hers, code, json!(format!("ann {code}"))),
            answer(&bob, &his, code, json!(format!("bob {code}"))),
        ]
    });
    for step in join_all(all).await {
        step.ok(200);
    }
    for (user, session, name) in [(&ann, &hers, "ann"), (&bob, &his, "bob")] {
        let now = user.get(session).await.ok(200);
        assert_eq!(now["progress"]["answered"], 30);
        for one in now["answers"].as_array().unwrap() {
            assert_eq!(one["answer"], format!("{name} {}", one["questionId"].as_str().unwrap()));
        }
    }
    // One question, answered by many at once, has one answer.
    let same = (0..10).map(|number| answer(&ann, &hers, "q0", json!(format!("{number}"))));
    for step in join_all(same).await {
        step.ok(200);
    }
    assert_eq!(ann.get(&hers).await.ok(200)["answers"].as_array().unwrap().len(), 30);
}

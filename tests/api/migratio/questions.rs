use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/migratio/questions";

/// Somebody who writes the quiz.
pub async fn writer(app: &TestApp) -> User<'_> {
    app.user_with_roles("writer", &["migratio:contentManager"]).await
}

/// A question of this type with these fields besides; choices are among x, y and z.
pub fn question(code: &str, kind: &str, fields: &Value) -> Value {
    let choice = kind.ends_with("Choice");
    let options: &[&str] = if choice { &["x", "y", "z"] } else { &[] };
    let mut question = json!({
        "questionId": code, "text": code, "type": kind, "section": "any", "position": 1, "options": options_of(options),
    });
    for (name, value) in fields.as_object().unwrap() {
        question[name] = value.clone();
    }
    question
}

/// Options with these values.
pub fn options_of(values: &[&str]) -> Value {
    values.iter().map(|value| json!({"value": value, "label": value.to_uppercase()})).collect()
}

/// Puts these questions into the quiz, in this order; each has a code, a type and other fields.
pub async fn given_questions(app: &TestApp, questions: &[(&str, &str, Value)]) {
    let writer = writer(app).await;
    for (place, (code, kind, fields)) in questions.iter().enumerate() {
        let mut question = question(code, kind, fields);
        question["position"] = json!(place);
        writer.post(PATH, &question).await.ok(201);
    }
}

#[tokio::test]
async fn question_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (writer, ann) = (writer(&app).await, app.user("ann").await);
    writer.post(PATH, &question("first", "boolean", &json!({}))).await.ok(201);
    let whole = json!({
        "questionId": "a.b-c_1", "text": "Wohin? 🧭", "helpText": "é".repeat(10_000), "type": "multipleChoice",
        "section": "Ziel", "position": 10_000, "options": options_of(&["CA", "DE"]),
        "validation": {
            "required": true, "min": null, "max": null, "minDate": null, "maxDate": null, "minLength": null,
            "maxLength": null, "pattern": null, "minSelections": 1, "maxSelections": 2,
        },
        "conditionalDisplay": {"questionId": "first", "operator": "in", "value": [true, 1, "x"]},
        "profileFact": "destinationCountries", "isActive": false,
    });
    let made = writer.post(PATH, &whole).await;
    assert_holds(&made.ok(201), &whole);
    let place = made.header("location");
    assert_eq!(ann.get(place).await.ok(200), made.json());
    let bare =
        json!({"questionId": "a", "text": "x", "type": "text", "section": "x", "position": 0});
    let row = writer.put(place, &bare).await.ok(200);
    let defaults = json!({
        "helpText": null, "options": [], "conditionalDisplay": null, "profileFact": null, "isActive": true,
    });
    assert_holds(&row, &bare);
    assert_holds(&row, &defaults);
    assert_eq!(row["validation"]["required"], false);
    let patch = json!({"validation": {"pattern": "[a-z]+"}, "profileFact": "occupation"});
    let patched = writer.patch(place, &patch).await.ok(200);
    assert_eq!(
        (&patched["validation"]["pattern"], &patched["text"]),
        (&json!("[a-z]+"), &json!("x"))
    );
    assert_eq!(writer.delete(place).await.status, 204);
    assert_eq!(ann.get(place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn questions_are_written_by_content_managers_and_administrators_alone() {
    let app = TestApp::new().await;
    let admin = app.user_with_roles("admin", &["migratio:admin"]).await;
    let made = admin.post(PATH, &question("a", "text", &json!({}))).await;
    let (row, place) = (made.ok(201), made.header("location"));
    let roles = [
        "migratio:user",
        "migratio:consultant",
        "migratio:supportAgent",
        "coach:USER",
        "platform:admin",
    ];
    let ann = app.user_with_roles("ann", &roles).await;
    let stale = ("if-match", "\"0\"");
    for body in [json!({"text": "mine"}), json!({"nonsense": 1}), question("b", "text", &json!({}))]
    {
        for (method, path) in [
            (Method::POST, PATH),
            (Method::PUT, place),
            (Method::PATCH, place),
            (Method::DELETE, place),
        ] {
            let refused = ann.send(method.clone(), path, stale, Some(&body)).await;
            assert_eq!(refused.brief(), "403 forbidden", "{method} {body}");
            let nobody = app.anonymous().send(method, path, stale, Some(&body)).await;
            assert_eq!(nobody.brief(), "401 unauthenticated");
        }
    }
    assert_eq!(ann.get(place).await.ok(200), row);
    assert_eq!(app.anonymous().get(PATH).await.status, 401);
    assert_eq!(writer(&app).await.delete(place).await.status, 204);
}

#[tokio::test]
async fn question_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let writer = writer(&app).await;
    let many: Vec<String> = (0..251).map(|number| format!("o{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (kind, field, value, fault) in [
        ("text", "questionId", json!("1a"), "/questionId code"),
        ("text", "questionId", json!("a".repeat(65)), "/questionId code"),
        ("text", "questionId", json!("ä"), "/questionId code"),
        ("text", "text", json!(""), "/text length"),
        ("text", "text", json!("a\0"), "/text nul"),
        ("text", "helpText", json!("x".repeat(10_001)), "/helpText length"),
        ("text", "section", json!(""), "/section length"),
        ("text", "section", json!("é".repeat(201)), "/section length"),
        ("text", "position", json!(-1), "/position range"),
        ("text", "position", json!(10_001), "/position range"),
        ("text", "type", json!("essay"), "/type type"),
        ("text", "isActive", json!(null), "/isActive type"),
        ("text", "validation", json!(null), "/validation type"),
        ("text", "validation", json!({"most": 1}), "/validation/most unknown_field"),
        ("text", "id", json!("x"), "/id unknown_field"),
        ("text", "dependsOn", json!("x"), "/dependsOn unknown_field"),
        ("text", "options", options_of(&["x"]), "/options options"),
        ("number", "options", options_of(&["x"]), "/options options"),
        ("singleChoice", "options", json!([]), "/options options"),
        ("multipleChoice", "options", json!([]), "/options options"),
        ("singleChoice", "options", options_of(&many), "/options length"),
        ("singleChoice", "options", options_of(&["x", "y", "x"]), "/options/2/value distinct"),
        (
            "singleChoice",
            "options",
            options_of(&["x", ""]),
            "/options/1/label length\",\"/options/1/value length",
        ),
        ("singleChoice", "options", json!([{"value": "x"}]), "/options/0/label required"),
    ] {
        let refused = writer.post(PATH, &question("a", kind, &json!({field: value}))).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["{fault}"]"#), "{kind} {field}");
    }
    assert_eq!(app.count("select count(*) from migratio.questions").await, 0);
}

#[tokio::test]
async fn rules_of_answers_fit_the_type_of_the_question() {
    let app = TestApp::new().await;
    let writer = writer(&app).await;
    let huge = "(((a{100}){100}){100})";
    for (kind, rules, fault) in [
        ("text", json!({"min": 1}), "/validation/min rule"),
        ("number", json!({"maxLength": 1}), "/validation/maxLength rule"),
        ("number", json!({"minDate": "2027-01-01"}), "/validation/minDate rule"),
        ("date", json!({"max": 1}), "/validation/max rule"),
        ("singleChoice", json!({"minSelections": 1}), "/validation/minSelections rule"),
        ("multipleChoice", json!({"pattern": "x"}), "/validation/pattern rule"),
        ("number", json!({"min": 2, "max": 1}), "/validation/max order"),
        (
            "date",
            json!({"minDate": "2027-01-02", "maxDate": "2027-01-01"}),
            "/validation/maxDate order",
        ),
        ("date", json!({"minDate": "1899-12-31"}), "/validation/minDate date"),
        ("date", json!({"minDate": "soon"}), "/validation/minDate type"),
        ("text", json!({"minLength": 3, "maxLength": 2}), "/validation/maxLength order"),
        ("text", json!({"minLength": 0}), "/validation/minLength range"),
        ("text", json!({"maxLength": 10_001}), "/validation/maxLength range"),
        ("text", json!({"pattern": "("}), "/validation/pattern pattern"),
        ("text", json!({"pattern": ")("}), "/validation/pattern pattern"),
        ("text", json!({"pattern": "(?x) a # b"}), "/validation/pattern pattern"),
        ("text", json!({"pattern": "a(?=b)"}), "/validation/pattern pattern"),
        ("text", json!({"pattern": huge}), "/validation/pattern pattern"),
        ("text", json!({"pattern": "a".repeat(1001)}), "/validation/pattern length"),
        (
            "multipleChoice",
            json!({"minSelections": 3, "maxSelections": 2}),
            "/validation/maxSelections order",
        ),
        ("multipleChoice", json!({"minSelections": 4}), "/validation/minSelections range"),
        ("multipleChoice", json!({"maxSelections": 251}), "/validation/maxSelections range"),
    ] {
        let refused = writer.post(PATH, &question("a", kind, &json!({"validation": rules}))).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["{fault}"]"#), "{kind} {rules}");
    }
}

#[tokio::test]
async fn facts_are_told_by_questions_that_can_tell_them() {
    let app = TestApp::new().await;
    let writer = writer(&app).await;
    let options = |values: &[&str]| json!({"options": options_of(values)});
    let wrong = "/options/1/value fact";
    for (number, (fact, kind, fields, fault)) in [
        ("dateOfBirth", "text", json!({}), "/profileFact fact"),
        ("nationality", "singleChoice", json!({}), "/profileFact fact"),
        ("occupation", "number", json!({}), "/profileFact fact"),
        ("liquidAssets", "boolean", json!({}), "/profileFact fact"),
        ("destinationCountries", "country", json!({}), "/profileFact fact"),
        ("wealth", "number", json!({}), "/profileFact type"),
        ("gender", "singleChoice", options(&["female", "Male"]), wrong),
        ("maritalStatus", "singleChoice", options(&["commonLaw", "x"]), wrong),
        ("highestEducation", "singleChoice", options(&["highSchool", "phd"]), wrong),
        ("germanLevel", "singleChoice", options(&["native", "a1"]), wrong),
        ("timeframe", "singleChoice", options(&["sixMonths", "now"]), wrong),
        ("financialCurrency", "singleChoice", options(&["EUR", "eur"]), wrong),
        ("destinationCountries", "multipleChoice", options(&["CA", "CAN"]), wrong),
        ("gender", "singleChoice", options(&["female", "male", "other", "undisclosed"]), ""),
        (
            "frenchLevel",
            "singleChoice",
            options(&["A1", "A2", "B1", "B2", "C1", "C2", "native"]),
            "",
        ),
        ("budgetCurrency", "singleChoice", options(&["EUR", "USD"]), ""),
        ("budgetCurrency", "text", json!({}), ""),
        ("pathwayTypes", "multipleChoice", options(&["skilled-worker", "Anything"]), ""),
        ("currentResidence", "country", json!({}), ""),
    ]
    .into_iter()
    .enumerate()
    {
        let mut body = question(&format!("q{number}"), kind, &fields);
        body["profileFact"] = json!(fact);
        let answer = writer.post(PATH, &body).await;
        match fault {
            "" => drop(answer.ok(201)),
            _ => assert_eq!(
                answer.brief(),
                format!(r#"422 validation ["{fault}"]"#),
                "{fact} {kind}"
            ),
        }
    }
}

#[tokio::test]
async fn conditions_are_comparable_and_about_another_question() {
    let app = TestApp::new().await;
    let writer = writer(&app).await;
    writer.post(PATH, &question("a", "text", &json!({}))).await.ok(201);
    let of = |operator: &str, value: Value| json!({"questionId": "a", "operator": operator, "value": value});
    let (value, other) = ("/conditionalDisplay/value condition", "/conditionalDisplay/questionId");
    for (condition, fault) in [
        (json!({"questionId": "gone", "operator": "answered"}), format!("{other} reference")),
        (json!({"questionId": "b", "operator": "answered"}), format!("{other} other")),
        (json!({"questionId": "1", "operator": "answered"}), format!("{other} code")),
        (json!({"questionId": "a"}), "/conditionalDisplay/operator required".to_owned()),
        (of("like", json!("x")), "/conditionalDisplay/operator type".to_owned()),
        (of("answered", json!(true)), value.to_owned()),
        (of("equals", json!(null)), value.to_owned()),
        (of("equals", json!(["x"])), value.to_owned()),
        (of("equals", json!("x".repeat(201))), value.to_owned()),
        (of("notEquals", json!({})), value.to_owned()),
        (of("in", json!("x")), value.to_owned()),
        (of("in", json!([])), value.to_owned()),
        (of("in", json!([["x"]])), value.to_owned()),
        (of("greaterThan", json!("x")), value.to_owned()),
        (of("lessThan", json!("2027-02-30")), value.to_owned()),
        (of("lessThan", json!(true)), value.to_owned()),
    ] {
        let body = question("b", "text", &json!({"conditionalDisplay": condition}));
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(writer.post(PATH, &body).await.brief(), wanted, "{condition}");
    }
}

#[tokio::test]
async fn what_others_depend_on_or_was_answered_stays() {
    let app = TestApp::new().await;
    let (writer, ann) = (writer(&app).await, app.user("ann").await);
    let first = writer.post(PATH, &question("a", "text", &json!({}))).await;
    let condition = json!({"conditionalDisplay": {"questionId": "a", "operator": "answered"}});
    let second = writer.post(PATH, &question("b", "text", &condition)).await;
    let taken = writer.post(PATH, &question("b", "text", &json!({}))).await;
    assert_eq!(taken.brief(), r#"409 taken ["/questionId taken"]"#);
    let (first, second) = (first.header("location"), second.header("location"));
    assert_eq!(writer.delete(first).await.brief(), "409 conflict");
    assert_eq!(writer.patch(first, &json!({"questionId": "c"})).await.brief(), "409 conflict");
    writer.patch(second, &json!({"conditionalDisplay": null})).await.ok(200);
    let session = ann.post("/v1/migratio/quiz/sessions", &json!({})).await;
    let session = session.header("location");
    ann.put(&format!("{session}/answers/a"), &json!({"answer": "x"})).await.ok(200);
    ann.post(&format!("{session}/complete"), &json!({})).await.ok(200);
    assert_eq!(writer.delete(first).await.brief(), "409 conflict");
    // Its answers follow, though the quiz is over.
    writer.patch(first, &json!({"questionId": "c"})).await.ok(200);
    assert_eq!(ann.get(session).await.ok(200)["answers"][0]["questionId"], "c");
    assert_eq!(writer.delete(second).await.status, 204);
}

#[tokio::test]
async fn questions_are_listed_in_their_order_whole_or_by_section() {
    let app = TestApp::new().await;
    let (writer, ann) = (writer(&app).await, app.user("ann").await);
    for (code, position, section) in
        [("e", 3, "Über"), ("a", 1, "x"), ("c", 2, "x"), ("d", 2, "Über"), ("b", 1, "x")]
    {
        let fields = json!({"position": position, "section": section});
        writer.post(PATH, &question(code, "text", &fields)).await.ok(201);
    }
    let codes = async |query: &str, limit| {
        let all = ann.all(&format!("{PATH}{query}"), limit).await;
        all.iter().map(|one| one["questionId"].as_str().unwrap()).collect::<String>()
    };
    for limit in [1, 2, 4, 100] {
        assert_eq!(codes("", limit).await, "abcde", "{limit}");
        assert_eq!(codes("?section=x", limit).await, "abc", "{limit}");
        assert_eq!(codes("?section=%C3%9Cber", limit).await, "de", "{limit}");
    }
    assert_eq!(codes("?section=X", 2).await, "");
    for query in
        ["limit=0", "limit=101", "cursor=nonsense", "cursor=bnVsbA", "nonsense=1", "section=%00"]
    {
        assert_eq!(ann.get(&format!("{PATH}?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn parallel_changes_of_a_question_are_not_lost_and_stale_ones_refused() {
    let app = TestApp::new().await;
    let writer = writer(&app).await;
    let body = question("a", "text", &json!({}));
    let key = ("idempotency-key", "once");
    let twice = async || writer.send(Method::POST, PATH, key, Some(&body)).await;
    let (made, again) = (twice().await, twice().await);
    assert_eq!((made.ok(201), made.etag()), (again.ok(201), again.etag()));
    let place = made.header("location");
    let patches = [
        json!({"text": "new"}),
        json!({"section": "new"}),
        json!({"position": 9}),
        json!({"isActive": false}),
        json!({"helpText": "new"}),
    ];
    let changes = patches.iter().map(|patch| writer.patch(place, patch));
    for change in futures_util::future::join_all(changes).await {
        change.ok(200);
    }
    let row = writer.get(place).await.ok(200);
    for patch in &patches {
        assert_holds(&row, patch);
    }
    let stale = ("if-match", made.etag());
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = writer.send(method, place, stale, Some(&body)).await;
        assert_eq!(refused.brief(), "412 precondition-failed");
    }
    assert_eq!(writer.get(place).await.ok(200), row);
}

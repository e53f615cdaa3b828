//! What becomes of a quiz that is completed: status and profile go together.

use futures_util::future::{join, join_all};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    people::country,
    questions::{given_questions, options_of},
    quiz_answers::{answer, answer_all},
    quiz_responses::begin,
};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

const PROFILE: &str = "/v1/migratio/profile";

async fn complete(user: &User<'_>, session: &str) -> Response {
    user.post(&format!("{session}/complete"), &json!({})).await
}

/// Answers these questions, all of them, in a session of its own and completes it.
async fn taken(user: &User<'_>, answers: &[(&str, Value)]) -> Value {
    let session = begin(user).await;
    answer_all(user, &session, answers).await;
    complete(user, &session).await.ok(200)
}

/// A quiz that asks for every fact, each under its own name.
async fn every_fact(app: &TestApp) {
    let told =
        |fact: &str, options: &[&str]| json!({"profileFact": fact, "options": options_of(options)});
    let levels = ["A1", "A2", "B1", "B2", "C1", "C2", "native"];
    let degrees = ["highSchool", "certificate", "diploma", "bachelor", "master", "doctorate"];
    let kinds = [
        ("dateOfBirth", "date", &[][..]),
        ("gender", "singleChoice", &["female", "male", "other", "undisclosed"]),
        ("maritalStatus", "singleChoice", &["single", "commonLaw"]),
        ("nationality", "country", &[]),
        ("currentResidence", "country", &[]),
        ("highestEducation", "singleChoice", &degrees),
        ("fieldOfStudy", "text", &[]),
        ("occupation", "text", &[]),
        ("yearsOfExperience", "number", &[]),
        ("englishLevel", "singleChoice", &levels),
        ("frenchLevel", "singleChoice", &levels),
        ("germanLevel", "singleChoice", &levels),
        ("liquidAssets", "number", &[]),
        ("annualIncome", "number", &[]),
        ("financialCurrency", "text", &[]),
        ("hasFinancialSupport", "boolean", &[]),
        ("destinationCountries", "multipleChoice", &["CA", "DE", "PT"]),
        ("pathwayTypes", "multipleChoice", &["skilled-worker", "study"]),
        ("timeframe", "singleChoice", &["sixMonths", "flexible"]),
        ("budgetMax", "number", &[]),
        ("budgetCurrency", "singleChoice", &["CAD", "EUR"]),
        ("previousApplication", "boolean", &[]),
    ];
    let questions: Vec<_> =
        kinds.iter().map(|(fact, kind, options)| (*fact, *kind, told(fact, options))).collect();
    given_questions(app, &questions).await;
}

async fn countries(app: &TestApp) -> [uuid::Uuid; 3] {
    [
        country(app, "Canada", "CA", ("CAD", 0.7)).await,
        country(app, "Germany", "DE", ("EUR", 1.1)).await,
        country(app, "Portugal", "PT", ("EUR", 1.1)).await,
    ]
}

/// An answer for every fact, and what the profile says then; ids and days of the test's own are put in by their names.
const ANSWERS: &str = r#"[
  ["dateOfBirth", "1990-05-17"], ["gender", "female"], ["maritalStatus", "commonLaw"], ["nationality", "PT"],
  ["currentResidence", "DE"], ["highestEducation", "master"], ["fieldOfStudy", "Physik 🔭"], ["occupation", "Baker"],
  ["yearsOfExperience", 2.5], ["englishLevel", "C1"], ["frenchLevel", "A2"], ["germanLevel", "native"],
  ["liquidAssets", 12000.5], ["annualIncome", 40000], ["financialCurrency", "EUR"], ["hasFinancialSupport", true],
  ["destinationCountries", ["DE", "CA"]], ["pathwayTypes", ["study", "skilled-worker"]], ["timeframe", "flexible"],
  ["budgetMax", 9000], ["budgetCurrency", "CAD"], ["previousApplication", false]
]"#;
const SAID: &str = r#"{
  "personalInfo": {
    "dateOfBirth": "1990-05-17", "gender": "female", "maritalStatus": "commonLaw", "nationalities": ["PT"],
    "currentResidence": {"countryCode": "DE", "city": null, "status": null, "since": null}
  },
  "education": [{"degreeType": "master", "fieldOfStudy": "Physik 🔭", "isCompleted": true, "institution": null}],
  "workExperience": [{
    "jobTitle": "Baker", "employer": "Not stated", "startDate": "<started>", "endDate": null, "isCurrentJob": true
  }],
  "languageProficiency": [
    {"language": "en", "proficiencyLevel": "C1", "isPrimary": false}, {"language": "fr", "proficiencyLevel": "A2"},
    {"language": "de", "proficiencyLevel": "native"}
  ],
  "financialResources": {
    "currency": "EUR", "liquidAssets": 12000.5, "annualIncome": 40000.0, "hasFinancialSupport": true, "netWorth": null
  },
  "immigrationHistory": {"previousApplications": [], "travelHistory": [], "violations": []},
  "preferences": {
    "destinationCountries": [
      {"countryId": "<germany>", "preferenceRank": 1}, {"countryId": "<canada>", "preferenceRank": 2}
    ],
    "pathwayTypes": [{"type": "study", "preferenceRank": 1}, {"type": "skilled-worker", "preferenceRank": 2}],
    "timeframe": "flexible", "budgetRange": {"currency": "CAD", "min": null, "max": 9000.0}
  }
}"#;

/// JSON with these names put in.
fn with(json: &str, names: &[(&str, String)]) -> Value {
    let put =
        |json: String, (name, value): &(&str, String)| json.replace(&format!("<{name}>"), value);
    serde_json::from_str(&names.iter().fold(json.to_owned(), put)).unwrap()
}

/// Every field and item that is wanted is there; fields that nobody asks for may be, too.
#[track_caller]
fn says(found: &Value, wanted: &Value) {
    match wanted {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, wanted)| says(&found[name], wanted));
        }
        Value::Array(items) => {
            assert_eq!(found.as_array().map(Vec::len), Some(items.len()), "{found}");
            items.iter().enumerate().for_each(|(at, wanted)| says(&found[at], wanted));
        }
        plain => assert_eq!(found, plain),
    }
}

#[tokio::test]
async fn every_fact_reaches_a_profile_that_was_not_there() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [canada, germany, _] = countries(&app).await;
    every_fact(&app).await;
    let answers: Vec<(String, Value)> = serde_json::from_str(ANSWERS).unwrap();
    let answers: Vec<_> =
        answers.iter().map(|(fact, value)| (fact.as_str(), value.clone())).collect();
    let done = taken(&ann, &answers).await;
    assert_eq!(done["written"], answers.iter().map(|(fact, _)| json!(fact)).collect::<Value>());
    assert_eq!((&done["status"], done["completedAt"].is_string()), (&json!("completed"), true));
    let started =
        chrono::Utc::now().date_naive().checked_sub_months(chrono::Months::new(30)).unwrap();
    let wanted = with(
        SAID,
        &[
            ("started", started.to_string()),
            ("germany", germany.to_string()),
            ("canada", canada.to_string()),
        ],
    );
    let profile = ann.get(PROFILE).await.ok(200);
    says(&profile, &wanted);
    assert!(profile["completionPercentage"].as_i64().unwrap() > 70, "{profile}");
}

/// A profile before a quiz, and what a quiz changes in it.
const BEFORE: &str = r#"{
  "personalInfo": {
    "dateOfBirth": "1980-01-01", "nationalities": ["DE", "CA"], "contactInformation": {"email": "a@example.com"},
    "currentResidence": {"countryCode": "DE", "city": "Ulm"}
  },
  "education": [
    {"degreeType": "bachelor", "fieldOfStudy": "old", "isCompleted": true},
    {"degreeType": "doctorate", "fieldOfStudy": "old", "isCompleted": false},
    {"degreeType": "highSchool", "fieldOfStudy": "old", "isCompleted": true}
  ],
  "workExperience": [{"jobTitle": "Cook", "employer": "Inn", "startDate": "2020-01-01"}],
  "languageProficiency": [{"language": "en-GB", "isPrimary": true, "proficiencyLevel": "B1"}],
  "financialResources": {"currency": "GBP", "netWorth": -5.0, "liquidAssets": 7.0},
  "immigrationHistory": {"previousApplications": [{"countryCode": "CA", "outcome": "refused"}]},
  "preferences": {
    "destinationCountries": [
      {"countryId": "<canada>", "preferenceRank": 1}, {"countryId": "<germany>", "preferenceRank": 2}
    ],
    "pathwayTypes": [{"type": "family", "preferenceRank": 3}],
    "budgetRange": {"currency": "GBP", "min": 100.0}, "priorityFactors": [{"factor": "sun", "importance": 5}]
  },
  "additionalAttributes": {"criminalRecord": {"hasRecord": true}}, "dataConsent": {"matching": true}
}"#;
const TOLD: &str = r#"[
  ["gender", "other"], ["nationality", "CA"], ["currentResidence", "DE"], ["fieldOfStudy", "new"],
  ["englishLevel", "C2"], ["germanLevel", "A1"], ["annualIncome", 1], ["destinationCountries", ["PT", "CA"]],
  ["budgetMax", 50], ["occupation", "Baker"], ["yearsOfExperience", 3], ["previousApplication", false]
]"#;
/// By JSON pointers. A minimum beyond the maximum is none.
const CHANGED: &str = r#"[
  ["/personalInfo/gender", "other"], ["/personalInfo/nationalities", ["CA", "DE"]],
  ["/education/0/fieldOfStudy", "new"], ["/languageProficiency/0/proficiencyLevel", "C2"],
  ["/financialResources/annualIncome", 1.0],
  ["/preferences/destinationCountries", [
    {"countryId": "<portugal>", "preferenceRank": 1}, {"countryId": "<canada>", "preferenceRank": 2}
  ]],
  ["/preferences/budgetRange", {"currency": "GBP", "min": null, "max": 50.0}]
]"#;

#[tokio::test]
async fn what_is_not_told_stays_as_it_was() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [canada, germany, portugal] = countries(&app).await.map(|id| id.to_string());
    let ids = [("canada", canada), ("germany", germany), ("portugal", portugal)];
    every_fact(&app).await;
    let mut wanted = ann.put(PROFILE, &with(BEFORE, &ids)).await.ok(201);
    let told: Vec<(String, Value)> = serde_json::from_str(TOLD).unwrap();
    let told: Vec<_> = told.iter().map(|(fact, value)| (fact.as_str(), value.clone())).collect();
    // What the profile knows better is not written: work and history.
    let written: Value = told[..9].iter().map(|(fact, _)| json!(fact)).collect();
    assert_eq!(taken(&ann, &told).await["written"], written);
    for change in with(CHANGED, &ids).as_array().unwrap() {
        *wanted.pointer_mut(change[0].as_str().unwrap()).unwrap() = change[1].clone();
    }
    let german =
        json!({"language": "de", "isPrimary": false, "proficiencyLevel": "A1", "formalTest": null});
    wanted["languageProficiency"].as_array_mut().unwrap().push(german);
    let after = ann.get(PROFILE).await.ok(200);
    let kept = ["updatedAt", "completionPercentage", "profileMetadata"];
    for (section, wanted) in wanted.as_object().unwrap() {
        if !kept.contains(&section.as_str()) {
            assert_eq!(&after[section], wanted, "{section}");
        }
    }
}

#[tokio::test]
async fn the_highest_education_is_told_of_the_highest() {
    let app = TestApp::new().await;
    every_fact(&app).await;
    let completed = |degrees: &[&str]| -> Value {
        degrees.iter().map(|degree| json!({"degreeType": degree, "isCompleted": true})).collect()
    };
    for (before, degree, after, written) in [
        (json!(null), "master", "master", true),
        (json!([]), "master", "master", true),
        (completed(&["bachelor"]), "master", "bachelor master", true),
        (completed(&["bachelor", "master"]), "master", "bachelor master", true),
        (completed(&["doctorate", "bachelor"]), "master", "doctorate bachelor", false),
        (json!([{"degreeType": "master", "isCompleted": false}]), "master", "master master", true),
        (
            json!([{"degreeType": "doctorate", "isCompleted": false}]),
            "master",
            "doctorate master",
            true,
        ),
    ] {
        let ann = app.user(&uuid::Uuid::now_v7().to_string()).await;
        ann.put(PROFILE, &json!({"education": before})).await.ok(201);
        let answers = [("highestEducation", json!(degree)), ("fieldOfStudy", json!("Physics"))];
        let done = taken(&ann, &answers).await;
        assert_eq!(
            done["written"].as_array().unwrap().len(),
            if written { 2 } else { 0 },
            "{before}"
        );
        let studies = ann.get(PROFILE).await.ok(200)["education"].clone();
        let degrees: Vec<_> = studies
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["degreeType"].as_str().unwrap())
            .collect();
        assert_eq!(degrees.join(" "), after, "{before}");
        let physics =
            studies.as_array().unwrap().iter().filter(|one| one["fieldOfStudy"] == "Physics");
        let physics: Vec<_> =
            physics.map(|one| (one["degreeType"] == "master", &one["isCompleted"])).collect();
        let wanted: &[_] = if written { &[(true, &Value::Bool(true))] } else { &[] };
        assert_eq!(physics, wanted, "{before}");
    }
}

#[tokio::test]
async fn what_tells_too_little_leaves_its_section_unfilled() {
    let app = TestApp::new().await;
    every_fact(&app).await;
    for (answers, section, wanted) in [
        (vec![("fieldOfStudy", json!("x"))], "education", json!(null)),
        (vec![("occupation", json!("x"))], "workExperience", json!(null)),
        (vec![("yearsOfExperience", json!(5))], "workExperience", json!(null)),
        (vec![("yearsOfExperience", json!(0))], "workExperience", json!([])),
        (vec![("previousApplication", json!(true))], "immigrationHistory", json!(null)),
        (vec![], "personalInfo", json!(null)),
    ] {
        let ann = app.user(&uuid::Uuid::now_v7().to_string()).await;
        taken(&ann, &answers).await;
        assert_eq!(ann.get(PROFILE).await.ok(200)[section], wanted, "{answers:?}");
    }
    let bob = app.user("bob").await;
    taken(&bob, &[("liquidAssets", json!(5)), ("budgetCurrency", json!("CAD"))]).await;
    let profile = bob.get(PROFILE).await.ok(200);
    assert_eq!(
        profile["financialResources"]["currency"], "CAD",
        "of the amounts that were told of"
    );
    let carla = app.user("carla").await;
    taken(&carla, &[("budgetMax", json!(5))]).await;
    assert_eq!(carla.get(PROFILE).await.ok(200)["preferences"]["budgetRange"]["currency"], "USD");
}

#[tokio::test]
async fn the_snapshot_is_the_profile_without_addresses_and_secrets() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    countries(&app).await;
    every_fact(&app).await;
    let profile = json!({
        "personalInfo": {"contactInformation": {"address": "Elm Street"}},
        "additionalAttributes": {"health": {"notes": "Asthma"}},
    });
    ann.put(PROFILE, &profile).await.ok(201);
    let session = begin(&ann).await;
    answer_all(
        &ann,
        &session,
        &[("gender", json!("male")), ("destinationCountries", json!(["CA"]))],
    )
    .await;
    let key = ("idempotency-key", "once");
    let path = format!("{session}/complete");
    let done = ann.send(Method::POST, &path, key, Some(&json!({}))).await;
    let again = ann.send(Method::POST, &path, key, Some(&json!({}))).await;
    assert_eq!((done.ok(200), done.etag()), (again.ok(200), again.etag()));
    let details = ann.get(&session).await.ok(200);
    let snapshot = &details["profileSnapshot"];
    assert_eq!(snapshot["personalInfo"]["gender"], "male");
    assert_eq!(snapshot["preferences"]["destinationCountries"][0]["preferenceRank"], 1);
    let text = details.to_string();
    assert!(!text.contains("Elm Street") && !text.contains("Asthma"), "{text}");
    assert_eq!(details["nextQuestion"], json!(null));
    assert_eq!(bob.get(PROFILE).await.brief(), "404 not-found");
    let stored = "select count(*) from identity.idempotency_keys where encode(response_body, 'escape') ~ 'Elm|Asthma|gender.:'";
    assert_eq!(app.count(stored).await, 0);
}

#[tokio::test]
async fn required_questions_are_answered_first_if_they_are_asked() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let required = json!({"validation": {"required": true}});
    let below = json!({
        "validation": {"required": true}, "conditionalDisplay": {"questionId": "a", "operator": "equals", "value": "x"},
    });
    given_questions(
        &app,
        &[
            ("a", "text", required.clone()),
            ("below", "text", below),
            ("free", "text", json!({})),
            ("z", "text", required),
        ],
    )
    .await;
    let session = begin(&ann).await;
    for (code, value, missing) in [
        ("free", "x", Some("a, z")),
        ("z", "x", Some("a")),
        ("a", "x", Some("below")),
        ("a", "y", None),
    ] {
        answer(&ann, &session, code, json!(value)).await.ok(200);
        let Some(missing) = missing else { continue };
        let refused = complete(&ann, &session).await;
        assert_eq!(refused.brief(), "409 conflict");
        let detail = format!("these questions must be answered first: {missing}");
        assert_eq!(refused.json()["detail"], detail);
        assert_eq!(ann.get(&session).await.ok(200)["status"], "in_progress");
        assert_eq!(ann.get(PROFILE).await.brief(), "404 not-found");
    }
    complete(&ann, &session).await.ok(200);
    assert_eq!(complete(&ann, &session).await.brief(), "409 conflict");
}

#[tokio::test]
async fn a_failure_half_way_leaves_neither_status_nor_profile() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    countries(&app).await;
    every_fact(&app).await;
    let session = begin(&ann).await;
    answer_all(
        &ann,
        &session,
        &[("gender", json!("male")), ("destinationCountries", json!(["CA", "PT"]))],
    )
    .await;
    let untouched = async |why: &str, status: u16| {
        assert_eq!(complete(&ann, &session).await.status, status, "{why}");
        let now = ann.get(&session).await.ok(200);
        assert_holds(
            &now,
            &json!({"status": "in_progress", "completedAt": null, "profileSnapshot": null}),
        );
        assert_eq!(ann.get(PROFILE).await.brief(), "404 not-found", "{why}");
        assert_eq!(
            app.count("select count(*) from migratio.profile_destinations").await,
            0,
            "{why}"
        );
    };
    let limit =
        "alter table migratio.profile_destinations add constraint half check (preference_rank < 2)";
    app.execute(limit).await;
    untouched("the second destination is refused", 422).await;
    app.execute("alter table migratio.profile_destinations drop constraint half").await;
    app.execute(
        "alter table migratio.quiz_responses add constraint last check (profile_snapshot is null)",
    )
    .await;
    untouched("the last statement is refused", 422).await;
    app.execute("alter table migratio.quiz_responses drop constraint last").await;
    app.execute("delete from migratio.countries where alpha2 = 'PT'").await;
    untouched("a country is gone", 409).await;
    assert!(complete(&ann, &session).await.text.contains("PT"));
    // With an Idempotency-Key neither, and the key is free.
    let key = ("idempotency-key", "once");
    let path = format!("{session}/complete");
    assert_eq!(ann.send(Method::POST, &path, key, Some(&json!({}))).await.status, 409);
    country(&app, "Portugal", "PT", ("EUR", 1.1)).await;
    ann.send(Method::POST, &path, key, Some(&json!({}))).await.ok(200);
    assert_eq!(ann.get(PROFILE).await.ok(200)["personalInfo"]["gender"], "male");
}

#[tokio::test]
async fn a_profile_with_no_room_refuses_and_the_session_goes_on() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    every_fact(&app).await;
    let studies: Vec<_> =
        (0..50).map(|_| json!({"degreeType": "bachelor", "isCompleted": true})).collect();
    let before = ann.put(PROFILE, &json!({"education": studies})).await.ok(201);
    let session = begin(&ann).await;
    answer_all(&ann, &session, &[("highestEducation", json!("master")), ("gender", json!("male"))])
        .await;
    assert_eq!(complete(&ann, &session).await.brief(), r#"422 validation ["/education length"]"#);
    assert_eq!(ann.get(PROFILE).await.ok(200), before);
    ann.delete(&format!("{session}/answers/highestEducation")).await;
    complete(&ann, &session).await.ok(200);
}

#[tokio::test]
async fn of_parallel_completions_one_is_made() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    countries(&app).await;
    every_fact(&app).await;
    for round in 0..3 {
        let session = begin(&ann).await;
        answer_all(
            &ann,
            &session,
            &[("destinationCountries", json!(["CA", "DE"])), ("budgetMax", json!(round))],
        )
        .await;
        let all = (0..6).map(|_| complete(&ann, &session));
        let mut statuses: Vec<u16> = join_all(all).await.iter().map(|one| one.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409, 409, 409]);
    }
    assert_eq!(app.count("select count(*) from migratio.profile_destinations").await, 2);
}

#[tokio::test]
async fn what_is_answered_while_a_quiz_is_completed_is_in_the_profile_or_refused() {
    let app = TestApp::new().await;
    every_fact(&app).await;
    for round in 0..6 {
        let ann = app.user(&format!("ann{round}")).await;
        let session = begin(&ann).await;
        answer(&ann, &session, "budgetMax", json!(1)).await.ok(200);
        let answers =
            join_all((2..8).map(|number| answer(&ann, &session, "budgetMax", json!(number))));
        let (answers, done) = join(answers, complete(&ann, &session)).await;
        done.ok(200);
        for one in &answers {
            assert!([200, 409].contains(&one.status), "{one:?}");
        }
        let kept = ann.get(&session).await.ok(200)["answers"][0]["answer"].as_f64();
        let told = ann.get(PROFILE).await.ok(200)["preferences"]["budgetRange"]["max"].as_f64();
        assert_eq!(kept, told, "{answers:?}");
    }
}

#[tokio::test]
async fn a_quiz_and_a_profile_that_are_written_at_once_lose_nothing() {
    let app = TestApp::new().await;
    every_fact(&app).await;
    for round in 0..4 {
        let ann = app.user(&format!("ann{round}")).await;
        let session = begin(&ann).await;
        answer_all(&ann, &session, &[("gender", json!("male")), ("timeframe", json!("flexible"))])
            .await;
        let patch = json!({"languageProficiency": [{"language": "pt", "proficiencyLevel": "C2"}]});
        let (patched, done) = join(ann.patch(PROFILE, &patch), complete(&ann, &session)).await;
        assert!([200, 201].contains(&patched.status), "{patched:?}");
        done.ok(200);
        let profile = ann.get(PROFILE).await.ok(200);
        assert_eq!(profile["personalInfo"]["gender"], "male");
        assert_eq!(profile["preferences"]["timeframe"], "flexible");
        assert_eq!(profile["languageProficiency"][0]["language"], "pt");
    }
}

#[tokio::test]
async fn of_two_questions_for_one_fact_the_later_that_is_asked_tells_it() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let fact = |when: Value| json!({"profileFact": "budgetMax", "conditionalDisplay": when});
    let when = json!({"questionId": "more", "operator": "equals", "value": true});
    given_questions(
        &app,
        &[
            ("more", "boolean", json!({})),
            ("first", "number", fact(json!(null))),
            ("second", "number", fact(when)),
        ],
    )
    .await;
    let told = async || {
        ann.get(PROFILE).await.ok(200)["preferences"]["budgetRange"]["max"].as_f64().unwrap()
    };
    let all = [("more", json!(true)), ("first", json!(1)), ("second", json!(2))];
    taken(&ann, &all).await;
    assert!((told().await - 2.0).abs() < 0.1);
    let session = begin(&ann).await;
    answer_all(&ann, &session, &all).await;
    answer(&ann, &session, "more", json!(false)).await.ok(200);
    complete(&ann, &session).await.ok(200);
    assert!((told().await - 1.0).abs() < 0.1, "what is hidden tells nothing");
}

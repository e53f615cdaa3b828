//! The list of programmes: what narrows it, and its orders, page by page.

use std::collections::BTreeSet;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    people::{self, manager},
    programs::{PATH, given},
};
use crate::support::{Caller, TestApp, User};

async fn names(user: &User<'_>, query: &str, limit: usize) -> Vec<String> {
    let rows = user.all(&format!("{PATH}?{query}"), limit).await;
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

fn priced(amount: Option<f64>, months: Option<f64>) -> Value {
    let costs: Vec<Value> = amount
        .iter()
        .map(|amount| json!({"feeType": "x", "amount": amount, "currency": "USD"}))
        .collect();
    json!({"costs": costs, "processingTime": months.map(|months| json!({"averageMonths": months}))})
}

/// A name and what else tells programmes apart, in the order in which [`programs`] has it.
type Programme = (&'static str, usize, Value, Option<f64>, Option<f64>);

/// Programmes: name, country, fields, what they cost, how many months they take.
fn programs() -> Vec<Programme> {
    let express = json!({"category": "Skilled-Worker", "tags": ["Points", "PR"], "pathwayToResidency": true,
        "description": "For engineers."});
    let parents = json!({"category": "family", "pathwayToResidency": true});
    let engineer =
        json!({"category": "skilled-worker", "subcategory": "Engineering", "tags": ["points"]});
    let closed = json!({"category": "study", "isActive": false});
    let study = json!({"category": "study", "tags": ["school"]});
    vec![
        ("Express Entry", 0, express, Some(1365.0), Some(6.0)),
        ("Study permit", 0, study, Some(150.0), Some(3.5)),
        ("Parents", 0, parents, None, Some(24.0)),
        ("Engineer visa", 1, engineer, Some(26.8), None),
        ("100% startup_visa", 1, json!({"category": "business"}), None, None),
        ("Closed engineers", 1, closed, Some(1.0), Some(1.0)),
    ]
}

/// Programmes of two countries; the id of the first one.
async fn given_programs(app: &TestApp, manager: &User<'_>) -> Uuid {
    let canada = people::country(app, "Canada", "CA", ("CAD", 0.75)).await;
    let japan = people::country(app, "Japan", "JP", ("JPY", 0.0067)).await;
    for (name, country, mut fields, amount, months) in programs() {
        fields.as_object_mut().unwrap().extend(priced(amount, months).as_object().unwrap().clone());
        given(manager, name, [canada, japan][country], fields).await;
    }
    canada
}

/// What is asked for, and which programmes there are then, by name.
const NARROWED: &[(&str, &str)] = &[
    ("", "100% startup_visa,Engineer visa,Express Entry,Parents,Study permit"),
    ("country=CA", "Express Entry,Parents,Study permit"),
    ("country=jp", "100% startup_visa,Engineer visa"),
    ("country=XX", ""),
    ("category=SKILLED-worker", "Engineer visa,Express Entry"),
    ("category=skilled", ""),
    ("tag=POINTS", "Engineer visa,Express Entry"),
    ("tag=points&tag=pr", "Express Entry"),
    ("tag=point", ""),
    ("tag=points&country=JP", "Engineer visa"),
    ("tag=points&category=study", ""),
    ("maxCost=150", "Engineer visa,Study permit"),
    ("maxCost=26.8", "Engineer visa"),
    ("maxCost=26.79", ""),
    ("maxMonths=6", "Express Entry,Study permit"),
    ("maxMonths=6&maxCost=1000", "Study permit"),
    ("maxCost=1000&country=CA", "Study permit"),
    ("maxMonths=6&category=skilled-worker", "Express Entry"),
    ("pathwayToResidency=true", "Express Entry,Parents"),
    ("pathwayToResidency=false&country=CA", "Study permit"),
    ("q=engineer", "Engineer visa,Express Entry"),
    ("q=engineering+-points", ""),
    ("q=%22express+entry%22", "Express Entry"),
    ("q=points&maxMonths=12", "Express Entry"),
    ("q=engineer&country=jp", "Engineer visa"),
    ("q=engineer&pathwayToResidency=true", "Express Entry"),
    ("q=engineer&category=business", ""),
    ("q=engineer&tag=pr", "Express Entry"),
    ("q=the", ""),
];

#[tokio::test]
async fn list_has_what_is_open_narrowed_by_each_field() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let canada = format!("country={}", given_programs(&app, &manager).await);
    let nowhere = format!("country={}", Uuid::now_v7());
    let mut cases = NARROWED.to_vec();
    cases.extend([(canada.as_str(), "Express Entry,Parents,Study permit"), (&nowhere, "")]);
    for (query, wanted) in cases {
        for sort in ["popularity", "name", "cost", "months"] {
            let mut found = names(&ann, &format!("sort={sort}&{query}"), 2).await;
            found.sort();
            assert_eq!(found.join(","), wanted, "{query} by {sort}");
        }
    }
}

#[tokio::test]
async fn sorted_list_puts_what_is_not_known_last() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    given_programs(&app, &manager).await;
    app.execute(&format!(
        "insert into migratio.roadmaps (user_id, program_id, title)
         select '{}', id, 'x' from migratio.programs, generate_series(1, length(name)) where name like 'E%'",
        ann.id
    ))
    .await;
    for (query, wanted) in [
        // Of those equally popular the newest first.
        ("", "Engineer visa,Express Entry,100% startup_visa,Parents,Study permit"),
        ("sort=popularity", "Engineer visa,Express Entry,100% startup_visa,Parents,Study permit"),
        ("sort=popularity&country=CA", "Express Entry,Parents,Study permit"),
        ("sort=name", "100% startup_visa,Engineer visa,Express Entry,Parents,Study permit"),
        ("sort=cost", "Engineer visa,Study permit,Express Entry,Parents,100% startup_visa"),
        ("sort=months", "Study permit,Express Entry,Parents,Engineer visa,100% startup_visa"),
        ("sort=cost&country=CA", "Study permit,Express Entry,Parents"),
        ("sort=months&country=CA", "Study permit,Express Entry,Parents"),
        ("sort=name&tag=points", "Engineer visa,Express Entry"),
        ("sort=popularity&category=skilled-worker", "Engineer visa,Express Entry"),
        ("q=engineer", "Engineer visa,Express Entry"),
        ("q=engineer&sort=relevance", "Engineer visa,Express Entry"),
        ("q=engineer&sort=months", "Express Entry,Engineer visa"),
        ("q=engineer&sort=cost", "Engineer visa,Express Entry"),
        ("q=points&sort=name", "Engineer visa,Express Entry"),
    ] {
        for limit in [1, 3, 100] {
            assert_eq!(names(&ann, query, limit).await.join(","), wanted, "{query} by {limit}");
        }
    }
}

/// Sixteen programmes: numbers need all their digits, of each every other is unknown, and every name is there twice.
async fn given_ties(app: &TestApp, manager: &User<'_>) {
    let mut countries = Vec::new();
    for alpha2 in ["CA", "JP"] {
        countries.push(people::country(app, alpha2, alpha2, ("EUR", 1.0837)).await);
    }
    for number in 0..16_u32 {
        let some = (number % 2 == 0).then(|| f64::from(number / 4) / 3.0 + 0.1);
        let mut fields = priced(None, some);
        fields["tags"] = json!(["tie"]);
        fields["description"] = json!("tie ".repeat(1 + number as usize % 3));
        if let Some(amount) = some {
            fields["costs"] = json!([{"feeType": "x", "amount": amount, "currency": "EUR"}]);
        }
        given(manager, &format!("Tie {}", number / 2), countries[number as usize % 2], fields)
            .await;
    }
    let roadmaps = "insert into migratio.roadmaps (user_id, program_id, title)
        select $user, id, 'x' from migratio.programs, generate_series(1, get_byte(uuid_send(id), 15) % 3)";
    app.execute(&roadmaps.replace("$user", &format!("'{}'", manager.id))).await;
}

#[tokio::test]
async fn pages_have_no_gap_and_nothing_twice_through_ties_and_unknowns() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    given_ties(&app, &manager).await;
    for (narrowed, count) in [
        ("", 16),
        ("&tag=tie", 16),
        ("&category=skilled-worker", 16),
        ("&q=tie", 16),
        ("&country=CA", 8),
        ("&maxCost=1", 6),
    ] {
        for sort in ["popularity", "name", "cost", "months", "relevance"] {
            if sort == "relevance" && narrowed != "&q=tie" {
                continue;
            }
            let query = format!("{PATH}?sort={sort}{narrowed}");
            let whole = ann.all(&query, 100).await;
            let ids: BTreeSet<_> = whole.iter().map(|row| row["id"].to_string()).collect();
            assert_eq!((ids.len(), whole.len()), (count, count), "{query}");
            for limit in [1, 2, 3, 5, 7, 8, 15, 16] {
                assert_eq!(ann.all(&query, limit).await, whole, "{query} by {limit}");
            }
        }
    }
}

#[tokio::test]
async fn list_of_programs_refuses_bad_parameters() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    given_programs(&app, &manager).await;
    for (query, fault) in [
        ("q=", "q blank"),
        ("q=+", "q blank"),
        ("country=Canada", "country parameter"),
        ("country=", "country parameter"),
        ("category=", "category length"),
        ("tag=", "tag lines"),
        ("maxCost=-1", "maxCost range"),
        ("maxCost=NaN", "maxCost range"),
        ("maxCost=inf", "maxCost range"),
        ("maxCost=free", "maxCost parameter"),
        ("maxMonths=-0.5", "maxMonths range"),
        ("pathwayToResidency=1", "pathwayToResidency parameter"),
        ("sort=id", "sort parameter"),
        ("sort=relevance", "sort relevance"),
        ("cursor=nonsense", "cursor cursor"),
    ] {
        let refused = ann.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.brief(), format!(r#"400 malformed ["{fault}"]"#), "{query}");
    }
    let sorts = ["popularity", "name", "cost", "months", "relevance"];
    for sort in sorts {
        let page = ann.get(&format!("{PATH}?q=engineer&limit=1&sort={sort}")).await.ok(200);
        let cursor = page["nextCursor"].as_str().unwrap();
        for other in sorts.iter().filter(|other| **other != sort) {
            let refused = ann.get(&format!("{PATH}?q=engineer&sort={other}&cursor={cursor}")).await;
            assert_eq!(refused.brief(), r#"400 malformed ["cursor cursor"]"#, "{sort} for {other}");
        }
    }
}

#[tokio::test]
async fn cursor_that_nobody_was_given_is_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let id = Uuid::now_v7();
    for (sort, key) in [
        ("popularity", json!("1e300")),
        ("popularity", json!("NaN")),
        ("popularity", json!("x")),
        ("cost", json!("")),
        ("cost", json!(1)),
        ("name", json!("a\0b")),
    ] {
        let last = json!({"sort": sort, "key": key, "id": id}).to_string();
        let cursor = BASE64_URL_SAFE_NO_PAD.encode(last);
        let refused = ann.get(&format!("{PATH}?sort={sort}&cursor={cursor}")).await;
        assert_eq!(refused.brief(), r#"400 malformed ["cursor cursor"]"#, "{sort} {key}");
    }
    let last = json!({"name": "a\0b", "id": id}).to_string();
    let cursor = BASE64_URL_SAFE_NO_PAD.encode(last);
    let refused = ann.get(&format!("{}?cursor={cursor}", super::countries::PATH)).await;
    assert_eq!(refused.brief(), r#"400 malformed ["cursor cursor"]"#);
}

#[tokio::test]
async fn closed_program_is_listed_for_its_writers_alone() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    given_programs(&app, &manager).await;
    for query in [
        "includeInactive=true",
        "includeInactive=true&q=engineers",
        "includeInactive=true&sort=cost",
    ] {
        assert_eq!(ann.get(&format!("{PATH}?{query}")).await.brief(), "403 forbidden");
        let closed = "Closed engineers".to_owned();
        assert!(names(&manager, query, 2).await.contains(&closed), "{query}");
        let usual = query.replace("true", "false");
        assert!(!names(&manager, &usual, 2).await.contains(&closed), "{usual}");
        assert!(!names(&ann, &usual, 2).await.contains(&closed), "{usual}");
    }
    let all = manager.all(&format!("{PATH}?includeInactive=true"), 100).await;
    let closed = all.iter().find(|row| row["isActive"] == json!(false)).unwrap();
    ann.get(&super::programs::place(closed)).await.ok(200);
}

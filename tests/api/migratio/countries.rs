use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{self, manager};
use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/migratio/countries";

/// What must be said of a country.
pub fn named(name: &str, alpha2: &str) -> Value {
    json!({"name": name, "alpha2": alpha2, "alpha3": format!("{alpha2}X")})
}

/// A new country with these fields besides; its id.
pub async fn given_country(manager: &User<'_>, name: &str, alpha2: &str, fields: Value) -> String {
    let mut body = named(name, alpha2);
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let made = manager.post(PATH, &body).await;
    made.ok(201);
    made.id()
}

async fn names(user: &User<'_>, query: &str, limit: usize) -> Vec<String> {
    let rows = user.all(&format!("{PATH}{query}"), limit).await;
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn country_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let written = json!({
        "name": "Åland 🏝 日本", "alpha2": "AX", "alpha3": "ALA", "region": "Europe", "subregion": "Northern Europe",
        "flagEmoji": "🇦🇽", "capital": "Mariehamn", "languages": ["sv", "pt-BR"],
        "currencies": [{"code": "EUR", "name": "Euro", "symbol": "€"}, {"code": "SEK", "name": "Krona", "symbol": null}],
        "immigrationWebsite": "https://migri.example/åland",
        "generalInfo": {"population": 30_654, "areaKm2": 1583.6, "callingCode": "+358-18",
            "timezones": ["Europe/Mariehamn", "UTC"], "government": "Autonomy", "climate": "Mild\nand windy"},
        "immigrationInfo": {"authority": "Migri", "overview": "Ask.", "pointsBased": false, "dualCitizenship": true,
            "yearsToResidency": 4.5, "yearsToCitizenship": 8.0},
        "economicInfo": {"currency": "EUR", "usdPerUnit": 1.0837, "gdpPerCapitaUsd": 55000.5, "unemploymentRate": 3.9,
            "averageSalaryUsd": 45000.0, "inDemandSectors": ["Shipping", "Größen"]},
        "livingInfo": {"costOfLivingIndex": 70.2, "averageRentUsd": 800.0, "healthcare": "Public", "education": "Free",
            "safety": "Very"},
        "isDestinationCountry": true, "isActive": false,
    });
    let made = manager.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    assert_holds(&read, &written);
    assert_eq!(made.header("location"), format!("{PATH}/{}", made.id()));

    let bare = manager.put(made.header("location"), &named("Aland", "AX")).await.ok(200);
    let empty = json!({
        "region": null, "subregion": null, "flagEmoji": null, "capital": null, "languages": [], "currencies": [],
        "immigrationWebsite": null, "isDestinationCountry": false, "isActive": true,
    });
    assert_holds(&bare, &empty);
    assert_eq!(bare["economicInfo"]["usdPerUnit"], Value::Null);
    let patched = manager.patch(made.header("location"), &json!({"capital": "Mariehamn"})).await;
    assert_eq!(patched.ok(200)["name"], "Aland");
}

#[tokio::test]
async fn country_is_found_by_its_id_and_by_its_code_in_any_case() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let id = given_country(&manager, "Portugal", "PT", json!({})).await;
    given_country(&manager, "Spain", "ES", json!({})).await;
    let by_id = ann.get(&format!("{PATH}/{id}")).await.ok(200);
    for code in ["PT", "pt", "pT"] {
        assert_eq!(ann.get(&format!("{PATH}/{code}")).await.ok(200), by_id, "{code}");
    }
    let elsewhere = Uuid::now_v7().to_string();
    for nobody in [&elsewhere, "FR", "PTX", "P1", "%C3%A4", "p", "%00%00", "a%2Fb"] {
        let refused = ann.get(&format!("{PATH}/{nobody}")).await;
        assert_eq!(refused.brief(), "404 not-found", "{nobody}");
    }
    let renamed = manager.patch(&format!("{PATH}/pt"), &json!({"name": "Lusitania"})).await;
    assert_eq!(renamed.ok(200)["id"], json!(id));
    assert_eq!(manager.delete(&format!("{PATH}/pt")).await.status, 204);
    assert_eq!(ann.get(&format!("{PATH}/{id}")).await.status, 404);
}

#[tokio::test]
async fn countries_are_listed_by_name() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    for (name, alpha2, region, goal) in [
        ("Åland", "AX", json!("Europe"), false),
        ("Congo", "CD", json!("Africa"), true),
        ("Congo", "CG", json!("Africa"), false),
        ("100% Island", "IS", json!(null), true),
        ("Austria", "AT", json!("Europe"), true),
        ("Central_Africa", "CF", json!("Africa"), false),
    ] {
        let fields = json!({"region": region, "isDestinationCountry": goal});
        given_country(&manager, name, alpha2, fields).await;
    }
    for (query, wanted) in [
        ("", "100% Island,Austria,Central_Africa,Congo,Congo,Åland"),
        ("?q=AUST", "Austria"),
        ("?q=tri", "Austria"),
        ("?q=%C3%85LAND", "Åland"),
        ("?q=%25", "100% Island"),
        ("?q=l_a", "Central_Africa"),
        ("?q=%5C", ""),
        ("?region=AFRICA", "Central_Africa,Congo,Congo"),
        ("?isDestinationCountry=true", "100% Island,Austria,Congo"),
        ("?isDestinationCountry=false&region=Africa", "Central_Africa,Congo"),
        ("?region=Afr", ""),
    ] {
        for limit in [1, 2, 3, 100] {
            let found = names(&ann, query, limit).await;
            assert_eq!(found.join(","), wanted, "{query} by {limit}");
        }
    }
}

#[tokio::test]
async fn list_of_countries_refuses_bad_parameters() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    for alpha2 in ["AA", "AB"] {
        given_country(&manager, alpha2, alpha2, json!({})).await;
    }
    let programmes = manager.get("/v1/migratio/programs?limit=1").await.ok(200);
    assert_eq!(programmes["nextCursor"], Value::Null);
    for (query, fault) in [
        ("q=", "q length"),
        ("region=", "region length"),
        ("isDestinationCountry=maybe", "isDestinationCountry parameter"),
        ("limit=0", "limit range"),
        ("cursor=nonsense", "cursor cursor"),
        ("cursor=bnVsbA", "cursor cursor"),
        ("nonsense=1", "nonsense parameter"),
    ] {
        let refused = ann.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.brief(), format!(r#"400 malformed ["{fault}"]"#), "{query}");
    }
    assert_eq!(ann.get(&format!("{PATH}?q=%00")).await.status, 400);
}

#[tokio::test]
async fn inactive_country_is_listed_for_its_writers_alone() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    given_country(&manager, "Here", "HE", json!({})).await;
    given_country(&manager, "Gone", "GO", json!({"isActive": false})).await;
    assert_eq!(names(&ann, "", 1).await, ["Here"]);
    assert_eq!(names(&manager, "", 1).await, ["Here"]);
    assert_eq!(names(&manager, "?includeInactive=true", 1).await, ["Gone", "Here"]);
    let refused = ann.get(&format!("{PATH}?includeInactive=true")).await;
    assert_eq!(refused.brief(), "403 forbidden");
    ann.get(&format!("{PATH}/go")).await.ok(200);
}

#[tokio::test]
async fn countries_are_read_by_all_and_written_by_content_managers_and_administrators() {
    let app = TestApp::new().await;
    let admin = app.user_with_roles("admin", &["migratio:admin"]).await;
    let place = format!("{PATH}/{}", given_country(&admin, "Peru", "PE", json!({})).await);
    let row = admin.get(&place).await.ok(200);
    let roles = [
        "migratio:user",
        "migratio:consultant",
        "migratio:supportAgent",
        "platform:admin",
        "smatrx:admin",
    ];
    let ann = app.user_with_roles("ann", &roles).await;
    assert_eq!(ann.get(&place).await.ok(200), row);
    let nowhere = format!("{PATH}/{}", Uuid::now_v7());
    for (method, path) in [
        (Method::POST, PATH),
        (Method::PUT, &place),
        (Method::PATCH, &place),
        (Method::DELETE, &place),
        (Method::PUT, &nowhere),
        (Method::PATCH, &nowhere),
        (Method::DELETE, &nowhere),
    ] {
        for (body, tag) in [("{}", "\"stale\""), ("nonsense", "*")] {
            let request = ann.request(method.clone(), path).header("if-match", tag);
            let request = request.header("content-type", "application/json").body(body);
            let refused = crate::support::Response::of(request).await;
            assert_eq!(refused.brief(), "403 forbidden", "{method} {path}");
        }
    }
    assert_eq!(admin.get(&place).await.ok(200), row);
}

#[tokio::test]
async fn country_has_its_codes_alone() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    given_country(&manager, "Portugal", "PT", json!({})).await;
    let other = format!("{PATH}/{}", given_country(&manager, "Spain", "ES", json!({})).await);
    for (body, fault) in [
        (json!({"name": "x", "alpha2": "PT", "alpha3": "ABC"}), "/alpha2"),
        (json!({"name": "x", "alpha2": "AB", "alpha3": "PTX"}), "/alpha3"),
    ] {
        let taken = format!(r#"409 taken ["{fault} taken"]"#);
        assert_eq!(manager.post(PATH, &body).await.brief(), taken);
        assert_eq!(manager.put(&other, &body).await.brief(), taken);
    }
    let race = named("Raced", "RC");
    let mut statuses: Vec<u16> = join_all((0..8).map(|_| manager.post(PATH, &race)))
        .await
        .iter()
        .map(|one| one.status)
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
}

fn many(count: usize) -> Vec<Value> {
    vec![json!({"code": "EUR", "name": "x"}); count]
}

#[tokio::test]
async fn country_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    for (field, value, fault) in [
        ("name", json!(""), "/name length"),
        ("name", json!("é".repeat(201)), "/name length"),
        ("alpha2", json!("pt"), "/alpha2 country"),
        ("alpha3", json!("PT"), "/alpha3 alpha3"),
        ("alpha3", json!("PTÄ"), "/alpha3 alpha3"),
        ("flagEmoji", json!("x".repeat(17)), "/flagEmoji length"),
        ("languages", json!(["no language"]), "/languages languages"),
        ("currencies", json!(many(21)), "/currencies length"),
        ("currencies", json!([{"code": "eur", "name": "x"}]), "/currencies/0/code currency"),
        ("currencies", json!([{"code": "EUR"}]), "/currencies/0/name required"),
        ("immigrationWebsite", json!("ftp://x"), "/immigrationWebsite url"),
    ] {
        let mut body = named("Bound", "BO");
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(manager.post(PATH, &body).await.brief(), wanted, "{field}");
    }
}

#[tokio::test]
async fn country_refuses_parts_out_of_bounds() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    for (field, value, fault) in [
        ("generalInfo", json!({"population": -1}), "/generalInfo/population range"),
        ("generalInfo", json!({"timezones": ["Mars"]}), "/generalInfo/timezones timezone"),
        ("generalInfo", json!({"king": "x"}), "/generalInfo/king unknown_field"),
        (
            "immigrationInfo",
            json!({"yearsToResidency": 101}),
            "/immigrationInfo/yearsToResidency range",
        ),
        ("economicInfo", json!({"usdPerUnit": 0}), "/economicInfo/usdPerUnit range"),
        ("economicInfo", json!({"usdPerUnit": -1.5}), "/economicInfo/usdPerUnit range"),
        ("economicInfo", json!({"usdPerUnit": 9e-7}), "/economicInfo/usdPerUnit range"),
        ("economicInfo", json!({"usdPerUnit": 1e7}), "/economicInfo/usdPerUnit range"),
        ("economicInfo", json!({"currency": "euro"}), "/economicInfo/currency currency"),
        (
            "economicInfo",
            json!({"unemploymentRate": 100.1}),
            "/economicInfo/unemploymentRate range",
        ),
        ("livingInfo", json!({"averageRentUsd": -1}), "/livingInfo/averageRentUsd range"),
        ("livingInfo", json!({"safety": "x".repeat(2001)}), "/livingInfo/safety length"),
    ] {
        let mut body = named("Bound", "BO");
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(manager.post(PATH, &body).await.brief(), wanted, "{field}");
    }
    let tiny =
        json!({"economicInfo": {"currency": "IRR", "usdPerUnit": 1e-6}, "currencies": many(20)});
    given_country(&manager, &"é".repeat(200), "BO", tiny).await;
}

#[tokio::test]
async fn country_that_programmes_lead_to_stays() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let country = people::country(&app, "Chile", "CL", ("CLP", 0.001)).await;
    let program = people::program(&app, country, "Work", &json!([])).await;
    let place = format!("{PATH}/{country}");
    assert_eq!(manager.delete(&place).await.brief(), "409 conflict");
    let program = format!("/v1/migratio/programs/{program}");
    assert_eq!(manager.delete(&program).await.status, 204);
    assert_eq!(manager.delete(&place).await.status, 204);
}

#[tokio::test]
async fn country_changes_only_in_the_version_it_was_told() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let place = format!("{PATH}/{}", given_country(&manager, "Peru", "PE", json!({})).await);
    let old = manager.get(&place).await.etag().to_owned();
    let known = manager.send(Method::GET, &place, ("if-none-match", &old), None).await;
    assert_eq!(known.status, 304);
    let body = named("Perú", "PE");
    manager.send(Method::PUT, &place, ("if-match", &old), Some(&body)).await.ok(200);
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let body = (method != Method::DELETE).then_some(&body);
        let stale = manager.send(method.clone(), &place, ("if-match", &old), body).await;
        assert_eq!(stale.brief(), "412 precondition-failed", "{method}");
    }
    let patches = (0..20).map(|number| match number % 2 {
        0 => json!({"capital": "Lima"}),
        _ => json!({"region": "Americas"}),
    });
    for answer in
        join_all(patches.map(|patch| async { manager.patch(&place, &{ patch }).await })).await
    {
        answer.ok(200);
    }
    let row = manager.get(&place).await.ok(200);
    assert_holds(&row, &json!({"name": "Perú", "capital": "Lima", "region": "Americas"}));
}

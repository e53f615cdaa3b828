use serde_json::json;

use super::PATH;
use crate::support::{Caller, TestApp};

#[tokio::test]
async fn profile_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let long = |length: usize| json!("é".repeat(length));
    for (field, value, code) in [
        ("phone", json!("12345678"), "phone"),
        ("phone", json!("+0123456789"), "phone"),
        ("phone", json!("+123456"), "phone"),
        ("phone", json!("+1234567890123456"), "phone"),
        ("phone", json!("+47 91234567"), "phone"),
        ("phone", json!("+٤٧٩١٢٣٤٥٦٧"), "phone"),
        ("bio", long(5001), "length"),
        ("bio", json!("a\u{0}"), "nul"),
        ("location", json!(""), "length"),
        ("city", long(201), "length"),
        ("state", long(201), "length"),
        ("country", long(201), "length"),
        ("zipCode", json!(150), "type"),
        ("zipCode", long(201), "length"),
        ("linkedinUrl", json!("linkedin.com/in/ann"), "url"),
        ("githubUrl", json!("ftp://github.com"), "url"),
        ("portfolioUrl", json!("https://"), "url"),
        ("websiteUrl", json!(format!("https://a.example/{}", "a".repeat(2000))), "url"),
        ("currentJobTitle", json!(""), "length"),
        ("currentCompany", json!(""), "length"),
        ("yearsOfExperience", json!(-1), "range"),
        ("yearsOfExperience", json!(81), "range"),
        ("timezone", json!("Europe Oslo"), "timezone"),
        ("timezone", json!("/etc/passwd"), "timezone"),
        ("timezone", json!(""), "timezone"),
        ("preferences", json!(null), "type"),
        ("preferences", json!([]), "type"),
        ("preferences", json!("none"), "type"),
        ("userId", json!("x"), "unknown_field"),
        ("updatedAt", json!("x"), "unknown_field"),
    ] {
        let expected = format!("422 validation {}", json!([format!("/{field} {code}")]));
        let answer = ann.put(PATH, &json!({ field: value })).await;
        assert_eq!(answer.brief(), expected.as_str(), "{field} {value}");
    }
    let list = ann.put(PATH, &json!([])).await;
    assert_eq!(list.brief(), r#"422 validation [" type"]"#);
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");
    for (field, value) in [
        ("phone", json!("+1234567")),
        ("phone", json!("+123456789012345")),
        ("bio", long(5000)),
        ("bio", json!("")),
        ("city", long(200)),
        ("yearsOfExperience", json!(80)),
        ("timezone", json!("Etc/GMT+12")),
        ("timezone", json!("UTC")),
    ] {
        assert_eq!(ann.patch(PATH, &json!({ field: value })).await.json()[field], value);
    }
}

#[tokio::test]
async fn preferences_refuse_values_out_of_bounds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (preferences, error) in [
        (json!({"desiredJobTitle": ""}), "/preferences/desiredJobTitle length"),
        (json!({"desiredSalaryMin": -1}), "/preferences/desiredSalaryMin range"),
        (json!({"desiredSalaryMax": -1}), "/preferences/desiredSalaryMax range"),
        (json!({"desiredSalaryMax": 3e9}), "/preferences/desiredSalaryMax type"),
        (
            json!({"desiredSalaryMin": 2, "desiredSalaryMax": 1}),
            "/preferences/desiredSalaryMax order",
        ),
        (json!({"desiredWorkMode": "OFFICE"}), "/preferences/desiredWorkMode type"),
        (json!({"desiredJobTypes": ["GIG"]}), "/preferences/desiredJobTypes/0 type"),
        (json!({"desiredJobTypes": vec!["CONTRACT"; 6]}), "/preferences/desiredJobTypes length"),
        (json!({"willingToRelocate": null}), "/preferences/willingToRelocate type"),
        (json!({"preferredLocations": [""]}), "/preferences/preferredLocations lines"),
        (json!({"preferredLocations": ["a\u{0}"]}), "/preferences/preferredLocations/0 nul"),
        (json!({"availableFrom": "tomorrow"}), "/preferences/availableFrom type"),
        (json!({"availableFrom": "3000-01-01"}), "/preferences/availableFrom date"),
        (json!({"nonsense": 1}), "/preferences/nonsense unknown_field"),
    ] {
        let expected = format!("422 validation {}", json!([error]));
        let answer = ann.put(PATH, &json!({ "preferences": preferences })).await;
        assert_eq!(answer.brief(), expected.as_str(), "{preferences}");
    }
    let same = json!({"preferences": {"desiredSalaryMin": 7, "desiredSalaryMax": 7}});
    ann.put(PATH, &same).await.ok(201);
    // The patch is judged by the whole that it makes.
    let more = json!({"preferences": {"desiredSalaryMin": 8}});
    let order = r#"422 validation ["/preferences/desiredSalaryMax order"]"#;
    assert_eq!(ann.patch(PATH, &more).await.brief(), order);
}

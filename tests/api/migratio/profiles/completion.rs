use serde_json::{Value, json};

use super::{PATH, full};
use crate::{
    migratio::people::country,
    support::{Caller, TestApp},
};

/// A section, what is written there, and how much of the section and of the profile that is, in percent.
fn cases() -> Vec<(&'static str, Value, i32, i32)> {
    vec![
        ("personalInfo", json!({}), 0, 0),
        ("personalInfo", json!({"familyMembers": [{"relationship": "child"}]}), 0, 0),
        ("personalInfo", json!({"contactInformation": {}}), 0, 0),
        ("personalInfo", json!({"gender": "other"}), 16, 2),
        ("personalInfo", json!({"nationalities": ["PT"], "maritalStatus": "single"}), 33, 4),
        ("personalInfo", json!({"contactInformation": {"phone": "+351211234567"}}), 16, 2),
        ("personalInfo", full()["personalInfo"].clone(), 100, 12),
        ("education", json!([]), 100, 12),
        ("education", full()["education"].clone(), 100, 12),
        ("workExperience", json!([]), 100, 12),
        ("languageProficiency", json!([]), 0, 0), // everybody speaks something
        ("languageProficiency", full()["languageProficiency"].clone(), 100, 12),
        ("financialResources", json!({"currency": "EUR"}), 25, 3), // no support is an answer
        ("financialResources", json!({"currency": "EUR", "liquidAssets": 0}), 50, 6),
        ("financialResources", full()["financialResources"].clone(), 100, 12),
        ("immigrationHistory", json!({}), 100, 12),
        ("preferences", json!({}), 0, 0),
        ("preferences", json!({"priorityFactors": [{"factor": "cost", "importance": 5}]}), 0, 0),
        ("preferences", json!({"timeframe": "oneYear"}), 25, 3),
        ("preferences", json!({"timeframe": "oneYear", "budgetRange": {"currency": "EUR"}}), 50, 6),
        ("additionalAttributes", json!({}), 100, 12),
    ]
}

const SECTIONS: [&str; 8] = [
    "additionalAttributes",
    "education",
    "financialResources",
    "immigrationHistory",
    "languageProficiency",
    "personalInfo",
    "preferences",
    "workExperience",
];

#[tokio::test]
async fn completion_is_counted_section_by_section() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    ann.put(PATH, &json!({})).await.ok(201);
    for (section, value, share, all) in cases() {
        let profile = ann.patch(PATH, &json!({(section): value})).await.ok(200);
        let counted = profile["profileMetadata"]["completionBySection"].as_object().unwrap();
        assert_eq!(counted.keys().collect::<Vec<_>>(), SECTIONS);
        for (name, counted) in counted {
            let expected = if name == section { share } else { 0 };
            assert_eq!(*counted, expected, "{name} with {section} {value}");
        }
        assert_eq!(profile["completionPercentage"], all, "{section} {value}");
        let cleared = ann.patch(PATH, &json!({(section): null})).await.ok(200);
        assert_eq!(cleared["completionPercentage"], 0, "{section}");
    }
}

#[tokio::test]
async fn completion_follows_the_destinations_up_to_all_of_it() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let country = country(&app, "Canada", "CA", ("CAD", 0.7)).await;
    // Seven sections of 100.
    assert_eq!(ann.put(PATH, &full()).await.ok(201)["completionPercentage"], 87);
    for (preferences, share, all) in [
        (json!({"destinationCountries": [{"countryId": country, "preferenceRank": 1}]}), 25, 90),
        (json!({"pathwayTypes": [{"type": "study", "preferenceRank": 1}]}), 50, 93),
        (json!({"timeframe": "flexible"}), 75, 96),
        (json!({"budgetRange": {"currency": "EUR", "max": 1}}), 100, 100),
        (json!({"destinationCountries": []}), 75, 96),
    ] {
        let profile = ann.patch(PATH, &json!({"preferences": preferences})).await.ok(200);
        let counted = &profile["profileMetadata"]["completionBySection"]["preferences"];
        assert_eq!((counted, &profile["completionPercentage"]), (&json!(share), &json!(all)));
        assert_eq!(ann.get(PATH).await.ok(200), profile, "as it is stored");
    }
}

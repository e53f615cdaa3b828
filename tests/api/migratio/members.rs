use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;
use uuid::Uuid;

use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/migratio/member";
const ADMIN: &[&str] = &["migratio:user", "migratio:admin"];

fn subscription(user: &User<'_>) -> String {
    format!("/v1/migratio/members/{}/subscription", user.id)
}

fn membership(user: &User<'_>) -> String {
    format!("/v1/migratio/members/{}", user.id)
}

fn usual() -> Value {
    json!({"theme": "system", "notificationChannels": ["email", "in_app"], "dashboardFocus": "overview"})
}

#[tokio::test]
async fn everybody_is_a_member_and_pays_for_nothing_at_first() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let fields = json!({
        "id": ann.id, "subscriptionTier": "free", "subscriptionExpiry": null, "isPaying": false,
        "preferences": usual(),
    });
    let first = ann.get(PATH).await;
    assert_holds(&first.ok(200), &fields);
    assert!(first.json().get("paymentGatewayCustomerId").is_none());
    let known = ann.send(Method::GET, PATH, ("if-none-match", first.etag()), None).await;
    assert_eq!(known.status, 304);
    assert_eq!(
        app.count("select count(*) from migratio.members").await,
        0,
        "reading writes nothing"
    );
    let dark = json!({"preferences": {"theme": "dark", "notificationChannels": [], "dashboardFocus": "settlement"}});
    let written = ann.send(Method::PUT, PATH, ("if-match", first.etag()), Some(&dark)).await;
    assert_holds(&written.ok(200), &dark);
    assert_eq!(written.json()["id"], json!(ann.id), "it is the same membership");
    assert_eq!(ann.get(PATH).await.ok(200), written.json());
    let stale = ann.send(Method::PUT, PATH, ("if-match", first.etag()), Some(&dark)).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(bob.get(PATH).await.ok(200)["preferences"], usual(), "bob has ann's");
    let patched = ann.patch(PATH, &json!({"preferences": {"theme": null}})).await.ok(200);
    assert_eq!(patched["preferences"]["theme"], "system");
    assert_eq!(patched["preferences"]["dashboardFocus"], "settlement");
}

#[tokio::test]
async fn members_write_what_they_like_and_nothing_else() {
    let app = TestApp::new().await;
    let ann = app.user_with_roles("ann", ADMIN).await;
    for (body, error) in [
        (json!({"subscriptionTier": "enterprise"}), "/subscriptionTier unknown_field"),
        (json!({"isPaying": true}), "/isPaying unknown_field"),
        (json!({"paymentGatewayCustomerId": "x"}), "/paymentGatewayCustomerId unknown_field"),
        (json!({"preferences": {"theme": "blue"}}), "/preferences/theme type"),
        (json!({"preferences": {"font": "x"}}), "/preferences/font unknown_field"),
        (json!({"preferences": {"dashboardFocus": ""}}), "/preferences/dashboardFocus type"),
        (
            json!({"preferences": {"notificationChannels": ["email", "fax"]}}),
            "/preferences/notificationChannels/1 type",
        ),
        (
            json!({"preferences": {"notificationChannels": ["sms", "push", "sms"]}}),
            "/preferences/notificationChannels distinct",
        ),
    ] {
        let expected = format!(r#"422 validation ["{error}"]"#);
        assert_eq!(ann.put(PATH, &body).await.brief(), expected);
        assert_eq!(ann.patch(PATH, &body).await.brief(), expected);
    }
    assert_eq!(ann.delete(PATH).await.brief(), "405 method-not-allowed");
    assert_eq!(app.count("select count(*) from migratio.members").await, 0);
}

#[tokio::test]
async fn parallel_patches_of_preferences_lose_none() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let patches = [
        json!({"preferences": {"theme": "light"}}),
        json!({"preferences": {"notificationChannels": ["sms"]}}),
        json!({"preferences": {"dashboardFocus": "planning"}}),
    ];
    for answer in join_all(patches.iter().map(|patch| ann.patch(PATH, patch))).await {
        answer.ok(200);
    }
    let all =
        json!({"theme": "light", "notificationChannels": ["sms"], "dashboardFocus": "planning"});
    assert_eq!(ann.get(PATH).await.ok(200)["preferences"], all);
    assert_eq!(app.count("select count(*) from migratio.members").await, 1);
}

#[tokio::test]
async fn administrators_alone_say_what_a_member_pays_for() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.user_with_roles("admin", ADMIN).await);
    let agent = app.user_with_roles("agent", &["migratio:supportAgent"]).await;
    let writer =
        app.user_with_roles("writer", &["migratio:contentManager", "migratio:consultant"]).await;
    ann.put(PATH, &json!({"preferences": {"theme": "dark"}})).await.ok(200);
    let body = json!({
        "subscriptionTier": "navigator", "subscriptionExpiry": "2100-01-01T00:00:00Z",
        "paymentGatewayCustomerId": "cus_ann",
    });
    for other in [&ann, &agent, &writer] {
        for asked in [&body, &json!({"nonsense": 1})] {
            assert_eq!(other.put(&subscription(&ann), asked).await.brief(), "403 forbidden");
        }
    }
    let written = admin.put(&subscription(&ann), &body).await;
    assert_holds(&written.ok(200), &body);
    assert_holds(&written.json(), &json!({"id": ann.id, "isPaying": true}));
    assert_eq!(admin.get(&membership(&ann)).await.ok(200), written.json());
    let seen = agent.get(&membership(&ann)).await.ok(200);
    assert_holds(
        &seen,
        &json!({"subscriptionTier": "navigator", "paymentGatewayCustomerId": null}),
    );
    for other in [&ann, &writer] {
        assert_eq!(other.get(&membership(&ann)).await.brief(), "403 forbidden");
    }
    let own = ann.get(PATH).await;
    assert_holds(&own.ok(200), &json!({"subscriptionTier": "navigator", "isPaying": true}));
    assert_eq!(own.json()["preferences"]["theme"], "dark", "preferences stay");
    assert!(!own.text.contains("cus_ann"));
    let ended = admin.put(&subscription(&ann), &json!({"subscriptionTier": "free"})).await.ok(200);
    let nothing =
        json!({"subscriptionExpiry": null, "paymentGatewayCustomerId": null, "isPaying": false});
    assert_holds(&ended, &nothing);
}

#[tokio::test]
async fn a_subscription_is_changed_in_the_version_that_was_seen() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.user_with_roles("admin", ADMIN).await);
    let path = subscription(&ann);
    let paid = json!({"subscriptionTier": "concierge"});
    let none_yet = admin.get(&membership(&ann)).await;
    assert_holds(&none_yet.ok(200), &json!({"subscriptionTier": "free", "isPaying": false}));
    let other = admin.send(Method::PUT, &path, ("if-match", "\"1\""), Some(&paid)).await;
    assert_eq!(other.brief(), "412 precondition-failed");
    assert_eq!(app.count("select count(*) from migratio.members").await, 0);
    let tag = ("if-match", none_yet.etag());
    let answers = join_all((0..6).map(|_| admin.send(Method::PUT, &path, tag, Some(&paid)))).await;
    let done = answers.iter().filter(|answer| answer.status == 200).count();
    let late = answers.iter().filter(|answer| answer.status == 412).count();
    assert_eq!((done, late), (1, 5), "{answers:?}");
    let unknown = format!("/v1/migratio/members/{}", Uuid::now_v7());
    for tag in ["*", "\"1\""] {
        let to = format!("{unknown}/subscription");
        let nobody = admin.send(Method::PUT, &to, ("if-match", tag), Some(&paid)).await;
        assert_eq!(nobody.brief(), "404 not-found");
    }
    let nobody = admin.put(&format!("{unknown}/subscription"), &paid).await;
    assert_eq!(nobody.brief(), "404 not-found");
    assert_eq!(admin.get(&unknown).await.brief(), "404 not-found");
    assert_eq!(admin.get("/v1/migratio/members/ann").await.brief(), "404 not-found");
}

#[tokio::test]
async fn subscriptions_refuse_what_cannot_be() {
    let app = TestApp::new().await;
    let admin = app.user_with_roles("admin", ADMIN).await;
    let path = subscription(&admin);
    for (field, value, code) in [
        ("subscriptionTier", json!("gold"), "type"),
        ("subscriptionTier", json!(null), "type"),
        ("subscriptionExpiry", json!("1066-10-14T09:00:00Z"), "date"),
        ("subscriptionExpiry", json!("tomorrow"), "type"),
        ("paymentGatewayCustomerId", json!(""), "customer"),
        ("paymentGatewayCustomerId", json!("a b"), "customer"),
        ("paymentGatewayCustomerId", json!("a\u{a0}b"), "customer"),
        ("paymentGatewayCustomerId", json!("x".repeat(201)), "customer"),
        ("paymentGatewayCustomerId", json!("a\0"), "nul"),
        ("preferences", json!({}), "unknown_field"),
    ] {
        let mut body = json!({"subscriptionTier": "navigator"});
        body[field] = value;
        let refused = admin.put(&path, &body).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["/{field} {code}"]"#));
    }
    let missing = admin.put(&path, &json!({})).await;
    assert_eq!(missing.brief(), r#"422 validation ["/subscriptionTier required"]"#);
    let longest =
        json!({"subscriptionTier": "pathfinder", "paymentGatewayCustomerId": "é".repeat(200)});
    admin.put(&path, &longest).await.ok(200);
}

#[tokio::test]
async fn who_pays_is_told_by_tier_and_expiry() {
    let app = TestApp::new().await;
    let admin = app.user_with_roles("admin", ADMIN).await;
    for (tier, expiry, paying) in [
        ("free", json!(null), false),
        ("free", json!("2100-01-01T00:00:00Z"), false),
        ("pathfinder", json!(null), true),
        ("enterprise", json!("2100-01-01T00:00:00Z"), true),
        ("concierge", json!("2020-01-01T00:00:00Z"), false),
    ] {
        let body = json!({"subscriptionTier": tier, "subscriptionExpiry": expiry});
        let written = admin.put(&subscription(&admin), &body).await.ok(200);
        assert_eq!(written["isPaying"], paying, "{body}");
        assert_eq!(admin.get(PATH).await.ok(200)["isPaying"], paying, "{body}");
        let paying_now = format!("select migratio.is_paying('{}')", admin.id);
        assert_eq!(flag(&app, &paying_now).await, paying, "{body}");
    }
    let stranger = format!("select migratio.is_paying('{}')", Uuid::now_v7());
    assert!(!flag(&app, &stranger).await);
}

#[tokio::test]
async fn a_tier_is_over_at_its_expiry_and_not_a_microsecond_before() {
    let app = TestApp::new().await;
    for (at, paid) in [
        ("2026-01-01 11:59:59.999999+00", true),
        ("2026-01-01 12:00:00+00", false),
        ("2026-01-01 12:00:00.000001+00", false),
        ("2026-01-01 13:59:59.999999+02", true),
    ] {
        let sql = format!("select migratio.is_paid('navigator', '2026-01-01 12:00:00+00', '{at}')");
        assert_eq!(flag(&app, &sql).await, paid, "{at}");
    }
    assert!(!flag(&app, "select migratio.is_paid('free', null, now())").await);
    assert!(flag(&app, "select migratio.is_paid('pathfinder', null, 'infinity')").await);
}

#[tokio::test]
async fn a_subscription_is_audited_without_who_somebody_is_to_the_provider() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.user_with_roles("admin", ADMIN).await);
    let body = json!({"subscriptionTier": "navigator", "paymentGatewayCustomerId": "cus_opaque"});
    admin.put(&subscription(&ann), &body).await.ok(200);
    let sql = format!(
        "select count(*) = 1 and bool_and(payload::text like '%navigator%' and payload::text not like '%opaque%')
         from audit.logs where entity_type = 'migratio.members' and actor_id = '{}'",
        admin.id
    );
    assert!(flag(&app, &sql).await, "who acted, and what to");
}

/// One truth out of the database.
async fn flag(app: &TestApp, sql: &str) -> bool {
    let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()));
    sqlx::Executor::fetch_one(&mut app.sql().await, sql).await.unwrap().get(0)
}

use serde_json::json;

use super::profiles;
use crate::support::{Caller, TestApp};

#[tokio::test]
async fn everybody_takes_the_roles_of_mentoring_alone_and_never_admin() {
    let app = TestApp::new().await;
    let eve = app.user("eve").await;
    for role in ["mentor", "mentee", "new_mother"] {
        let taken = eve.put(&format!("/v1/me/roles/mentorship/{role}"), &json!({})).await;
        assert!([200, 201, 204].contains(&taken.status), "{role}: {}", taken.status);
    }
    let refused = eve.put("/v1/me/roles/mentorship/admin", &json!({})).await;
    assert_eq!(refused.brief(), "403 forbidden");
    for path in ["/v1/me", profiles::PATH] {
        for field in ["role", "roles", "isAdmin"] {
            let refused = eve.patch(path, &json!({field: "admin"})).await;
            assert_eq!(refused.brief(), format!(r#"422 validation ["/{field} unknown_field"]"#));
        }
    }
    let account =
        json!({"email": "mal@example.com", "password": "correct horse battery", "role": "admin"});
    assert_eq!(app.anonymous().post("/v1/auth/register", &account).await.status, 422);
    let admins = "select count(*) from identity.role_grants where domain = 'mentorship' and role_code = 'admin'";
    assert_eq!(app.count(admins).await, 0);
}

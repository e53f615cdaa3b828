//! Where the rows are that the authorization matrix asks for, and what its bodies name.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{booked, conversations, people};
use crate::{
    openapi::Operation,
    support::{Caller, User},
};

/// The place of something of this provider's, who is new.
pub async fn place(operation: &Operation, owner: &User<'_>) -> Option<String> {
    if let Some(place) = booked::place(operation, owner).await {
        return Some(place);
    }
    if let Some(place) = conversations::place(operation, owner).await {
        return Some(place);
    }
    let (collection, rest) = operation.path.split_once("/{id}")?;
    let id = match collection {
        "/v1/visitnow/providers" | "/v1/visitnow/admin/providers"
            if ["", "/activate", "/suspend"].contains(&rest) =>
        {
            // Somebody else's, for what becomes of the owner's matters further on.
            let name = Uuid::now_v7().to_string();
            let doctor = owner.app.user_with_roles(&name, &["visitnow:doctor"]).await;
            let status = if rest.is_empty() { "active" } else { "pending" };
            people::inserted(owner.app, &format!(
                "visitnow.providers (user_id, display_name, status) values ('{}', 'x', '{status}')",
                doctor.id
            ))
            .await
            .to_string()
        }
        "/v1/visitnow/providers" => practice_of(owner).await.0.to_string(),
        "/v1/visitnow/patients" => owner.get("/v1/visitnow/patients/me").await.id(),
        "/v1/visitnow/notifications" => people::inserted(
            owner.app,
            &format!(
                "visitnow.notifications (user_id, template_key, channel, status, next_attempt_at)
             values ('{}', 'x.y', 'in_app', 'sent', null)",
                owner.id
            ),
        )
        .await
        .to_string(),
        "/v1/visitnow/availability-templates" => {
            let (provider, clinic) = practice_of(owner).await;
            let input = json!({"providerId": provider, "clinicId": clinic, "slotDuration": 30});
            owner.post(collection, &input).await.id()
        }
        "/v1/visitnow/slots" => {
            let (provider, clinic) = practice_of(owner).await;
            let status = if rest == "/unblock" { "blocked" } else { "open" };
            people::inserted(owner.app, &format!(
                "visitnow.slots (provider_id, clinic_id, start_at, end_at, mode, status)
                 select '{provider}', '{clinic}', time, time + interval '1 hour', 'video', '{status}'
                 from (select now() + make_interval(hours => 1 + count(*)::int) from visitnow.slots) as next (time)"
            ))
            .await
            .to_string()
        }
        _ => return None,
    };
    let rest = match rest {
        "/materialize" => {
            format!("{rest}?until={}", chrono::Utc::now().date_naive() + chrono::Days::new(7))
        }
        _ => rest.to_owned(),
    };
    Some(format!("{collection}/{id}{rest}"))
}

/// Names a provider, a clinic and a person in a body: theirs who asks, or else somebody's.
pub async fn fill(body: &mut Value, whose: &User<'_>) {
    let named = ["providerId", "clinicId"].iter().any(|field| body.get(field).is_some());
    if !named || body.get("desiredRange").is_some() {
        return;
    }
    let name = Uuid::now_v7().to_string();
    if body.get("subject").is_some() {
        // Nobody writes to themselves.
        body["providerId"] = json!(people::practice(whose.app, &name).await.id);
        return;
    }
    let (provider, clinic) = practice_of(whose).await;
    if body.get("providerId").is_some() {
        body["providerId"] = json!(provider);
    }
    if body.get("clinicId").is_some() {
        body["clinicId"] = json!(clinic);
    }
    if body.get("userId").is_some() {
        body["userId"] = json!(whose.app.user_with_roles(&name, &["visitnow:staff"]).await.id);
    }
}

/// A provider and a clinic: of this doctor, or of a new one where this is none.
async fn practice_of(user: &User<'_>) -> (Uuid, Uuid) {
    let own = format!(
        "insert into visitnow.providers (user_id, display_name, status)
         select user_id, 'x', 'active'
         from identity.role_grants
         where user_id = '{}' and (domain, role_code) = ('visitnow', 'doctor')
         on conflict (user_id) do update set display_name = 'x'
         returning id",
        user.id
    );
    let own = sqlx::raw_sql(sqlx::AssertSqlSafe(own));
    let own = sqlx::Executor::fetch_optional(&mut user.app.sql().await, own).await.unwrap();
    let Some(provider) = own.map(|row| sqlx::Row::get::<Uuid, _>(&row, 0)) else {
        let practice = people::practice(user.app, &Uuid::now_v7().to_string()).await;
        return (practice.id, practice.clinic);
    };
    let clinic = format!(
        "visitnow.clinics (provider_id, name, time_zone) values ('{provider}', 'x', 'UTC')"
    );
    (provider, people::inserted(user.app, &clinic).await)
}

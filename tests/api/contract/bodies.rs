//! What goes in, and what comes out of it.

use reqwest::Method;
use serde_json::{Value, json};

use super::Case;
use crate::support::Caller;

/// Fields that the server keeps for itself.
const OWN: [&str; 4] = ["id", "createdAt", "updatedAt", "userId"];

impl Case<'_> {
    pub async fn refuses_bad_bodies(&self) {
        let (place, row) = self.made("Untouched").await;
        for (method, path) in [(Method::POST, self.resource.path), (Method::PUT, place.as_str())] {
            if self.requires_text() {
                let empty = self.ann.raw(method.clone(), path, "application/json", "{}").await;
                assert_eq!((empty.status, names_required(&empty.json())), (422, true), "{empty:?}");
            }
            for field in OWN.iter().chain(&["nonsense"]) {
                let mut body = self.named("Unknown");
                body[*field] = row.get(*field).cloned().unwrap_or(json!("x"));
                let refused =
                    self.ann.raw(method.clone(), path, "application/json", body.to_string()).await;
                assert_eq!(refused.brief(), unknown(field), "{method}");
            }
        }
        for field in OWN.iter().chain(&["nonsense"]) {
            let patch = json!({*field: row.get(*field).cloned().unwrap_or(json!("x"))});
            assert_eq!(self.ann.patch(&place, &patch).await.brief(), unknown(field), "PATCH");
        }
        self.refuses_nul(&place).await;
        if self.requires_text() {
            let text = self.resource.text;
            let cleared = self.ann.patch(&place, &json!({text: null})).await;
            assert_eq!(cleared.status, 422, "a required field cannot be cleared: {cleared:?}");
            assert_eq!(cleared.json()["errors"][0]["pointer"], format!("/{text}"));
        }
        assert_eq!(self.ann.patch(&place, &json!([1])).await.status, 422, "a patch is an object");
        assert_eq!(self.ann.get(&place).await.ok(200), row, "a refused change changed something");
    }

    async fn refuses_nul(&self, place: &str) {
        let text = self.resource.text;
        let mut body = self.named("");
        body[text] = json!("a\0b");
        let wanted = format!(r#"422 validation ["/{text} nul"]"#);
        assert_eq!(self.ann.post(self.resource.path, &body).await.brief(), wanted);
        assert_eq!(self.ann.put(place, &body).await.brief(), wanted);
        assert_eq!(self.ann.patch(place, &json!({text: "a\0b"})).await.brief(), wanted);
    }

    pub async fn is_made_replaced_patched_and_deleted(&self) {
        let clear = self.resource.clear;
        let (change, changed) = (self.resource.change.0, &self.resource.change.1);
        let full = self.named("Whole");
        let made = self.ann.post(self.resource.path, &full).await;
        let row = made.ok(201);
        let place = made.header("location");
        assert_eq!(place, format!("{}/{}", self.resource.path, made.id()));
        has(&row, &full);
        let read = self.ann.get(place).await;
        assert_eq!((read.ok(200), read.etag()), (row.clone(), made.etag()));
        assert!(made.etag().starts_with('"'), "a strong tag: {}", made.etag());

        let mut less = full.clone();
        less.as_object_mut().unwrap().remove(clear);
        let replaced = self.ann.put(place, &less).await;
        has(&replaced.ok(200), &less);
        assert_eq!(replaced.json()[clear], Value::Null, "PUT clears what is absent");
        assert_eq!(replaced.json()["createdAt"], row["createdAt"]);
        assert_ne!(replaced.etag(), read.etag());
        assert_eq!(self.ann.get(place).await.ok(200), replaced.json());

        let patched = self.ann.patch(place, &json!({clear: full[clear], change: changed})).await;
        has(&patched.ok(200), &json!({clear: full[clear], change: changed}));
        let cleared = self.ann.patch(place, &json!({clear: null})).await.ok(200);
        let mut wanted = patched.json();
        wanted[clear] = Value::Null;
        wanted["updatedAt"] = cleared["updatedAt"].clone();
        assert_eq!(cleared, wanted, "null clears, absent keeps");
        assert_eq!(self.ann.get(place).await.ok(200), cleared);

        let deleted = self.ann.delete(place).await;
        assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
        assert_eq!(self.ann.delete(place).await.brief(), "404 not-found");
        assert_eq!(self.ann.get(place).await.brief(), "404 not-found");
    }
}

/// Every field of the input is in the row as it was sent.
#[track_caller]
fn has(row: &Value, input: &Value) {
    for (name, value) in input.as_object().unwrap() {
        // Documents come back with their absent parts filled in.
        if let (Value::Object(_), Value::Object(_)) = (value, &row[name]) {
            has(&row[name], value);
        } else {
            assert_eq!(&row[name], value, "{name}");
        }
    }
}

fn names_required(problem: &Value) -> bool {
    problem["errors"][0]["code"] == "required"
}

fn unknown(field: &str) -> String {
    format!(r#"422 validation ["/{field} unknown_field"]"#)
}

//! Repeated requests.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::Case;
use crate::support::{Caller, Response, User};

impl Case<'_> {
    async fn keyed(&self, user: &User<'_>, key: &str, body: &Value) -> Response {
        let header = ("idempotency-key", key);
        user.send(Method::POST, self.resource.path, header, Some(body)).await
    }

    pub async fn is_made_once_per_idempotency_key(&self) {
        let before = self.count().await;
        let body = self.named("Once");
        let first = self.keyed(&self.ann, "key-1", &body).await;
        first.ok(201);
        assert_eq!(first.header("idempotency-replayed"), "");
        let again = self.keyed(&self.ann, "key-1", &body).await;
        assert_eq!((again.status, &again.text), (201, &first.text));
        assert_eq!(again.header("idempotency-replayed"), "true");
        for header in ["location", "etag", "content-type"] {
            assert_eq!(again.header(header), first.header(header), "{header}");
        }
        assert_eq!(self.count().await, before + 1, "one row");

        // Whoever has an answer does not meet the request that it answers.
        for _ in 0..20 {
            assert_eq!(self.keyed(&self.ann, "key-1", &body).await.ok(201), first.json());
        }

        let mut other = body.clone();
        other[self.resource.change.0] = self.resource.change.1.clone();
        let reused = self.keyed(&self.ann, "key-1", &other).await;
        assert_eq!(reused.brief(), "422 idempotency-key-reused");

        let theirs = self.resource.input(&self.carla).await;
        let theirs = self.keyed(&self.carla, "key-1", &theirs).await;
        theirs.ok(201);
        assert_ne!(theirs.id(), first.id(), "keys are each user's own");

        let failed = self.keyed(&self.ann, "key-2", &json!({"nonsense": 1})).await;
        assert_eq!(failed.status, 422);
        let mended = self.keyed(&self.ann, "key-2", &self.named("Mended")).await;
        mended.ok(201);
        assert_eq!(mended.header("idempotency-replayed"), "", "a failure is not stored");
        for bad in ["", "with space", "ümlaut", &"x".repeat(256)] {
            let refused = self.keyed(&self.ann, bad, &body).await;
            assert_eq!(refused.brief(), r#"400 malformed ["Idempotency-Key header"]"#, "{bad}");
        }
    }

    pub async fn parallel_repeats_make_one_row(&self) {
        let before = self.count().await;
        let body = self.named("Fifty");
        let sent = (0..50).map(|_| self.keyed(&self.ann, "fifty", &body));
        let answers = join_all(sent).await;
        let mut made: Vec<String> = Vec::new();
        for answer in answers {
            match answer.status {
                201 => made.push(answer.id()),
                _ => assert_eq!(answer.brief(), "409 in-flight"),
            }
        }
        made.dedup();
        assert_eq!(made.len(), 1, "every answer is the same row");
        assert_eq!(self.count().await, before + 1, "one row");
    }
}

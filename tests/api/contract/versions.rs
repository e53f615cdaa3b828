//! ETag, If-Match and If-None-Match, and changes at the same time.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::Case;
use crate::support::{Caller, Response};

impl Case<'_> {
    async fn matching(&self, method: Method, place: &str, tag: &str) -> Response {
        let clear = self.resource.clear;
        let body = match method {
            Method::PUT => Some(self.named("Replaced")),
            Method::PATCH => Some(json!({clear: null})),
            _ => None,
        };
        self.ann.send(method, place, ("if-match", tag), body.as_ref()).await
    }

    pub async fn changes_only_the_version_it_was_told(&self) {
        let (place, _) = self.made("Versioned").await;
        let old = self.ann.get(&place).await.etag().to_owned();
        let known = self.ann.send(Method::GET, &place, ("if-none-match", &old), None).await;
        assert_eq!((known.status, known.text.as_str(), known.etag()), (304, "", old.as_str()));
        let weak = format!("W/{old}");
        let known = self.ann.send(Method::GET, &place, ("if-none-match", &weak), None).await;
        assert_eq!(known.status, 304, "If-None-Match compares weakly");

        let (change, value) = &self.resource.change;
        let row = self.ann.patch(&place, &json!({*change: value})).await;
        row.ok(200);
        let stale = self.ann.send(Method::GET, &place, ("if-none-match", &old), None).await;
        assert_eq!(stale.ok(200), row.json());
        let weak = format!("W/{}", row.etag());
        for tag in [old.as_str(), "nonsense", "\"\"", "\"zz\"", "", &weak] {
            for method in [Method::PUT, Method::PATCH, Method::DELETE] {
                let refused = self.matching(method.clone(), &place, tag).await;
                assert_eq!(refused.brief(), "412 precondition-failed", "{method} If-Match: {tag}");
            }
        }
        assert_eq!(self.ann.get(&place).await.ok(200), row.json());

        let several = format!("{old}, {}", row.etag());
        let patched = self.matching(Method::PATCH, &place, &several).await;
        assert_eq!(patched.status, 200, "one of several tags");
        assert_eq!(self.matching(Method::PUT, &place, patched.etag()).await.status, 200);
        assert_eq!(self.matching(Method::PATCH, &place, "*").await.status, 200);
        assert_eq!(self.matching(Method::DELETE, &place, "*").await.status, 204);
        assert_eq!(self.matching(Method::PATCH, &place, "*").await.status, 404);
    }

    pub async fn loses_no_parallel_change(&self) {
        let (place, row) = self.made("Contended").await;
        let (change, value) = &self.resource.change;
        let clear = self.resource.clear;
        let tag = self.ann.get(&place).await.etag().to_owned();
        let race = [json!({*change: value}), json!({*change: row[*change]})].map(|patch| {
            let (place, tag) = (&place, &tag);
            async move { self.ann.send(Method::PATCH, place, ("if-match", tag), Some(&patch)).await }
        });
        let mut statuses: Vec<u16> = join_all(race).await.iter().map(|one| one.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "of two changes of one version, one wins");

        // Thirty at once: half of them write one field, half the other; no writer loses its own.
        let patches = (0..30).map(|number| match number % 2 {
            0 => json!({*change: value}),
            _ => json!({clear: self.input[clear]}),
        });
        let sent = patches.map(|patch| async { self.ann.patch(&place, &{ patch }).await });
        for answer in join_all(sent).await {
            answer.ok(200);
        }
        let row = self.ann.get(&place).await.ok(200);
        assert_eq!(row[*change], *value);
        assert_ne!(row[clear], Value::Null);
    }
}

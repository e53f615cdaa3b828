//! Who may do anything at all.

use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::Case;
use crate::support::{Caller, Response};

const ONE: [Method; 4] = [Method::GET, Method::PUT, Method::PATCH, Method::DELETE];

impl Case<'_> {
    /// Any verb with a good body.
    async fn any(&self, caller: &impl Caller, method: Method, path: &str) -> Response {
        let request = caller.request(method.clone(), path);
        Response::of(match method {
            Method::GET | Method::DELETE => request,
            Method::PATCH => request.json(&json!({self.resource.clear: null})),
            _ => request.json(&self.input),
        })
        .await
    }

    pub async fn belongs_to_its_owner(&self) {
        let (place, row) = self.made("Ann's").await;
        let nobody = self.ann.app.anonymous();
        let mut verbs: Vec<_> = ONE.map(|method| (method, place.as_str())).into();
        verbs.extend([Method::GET, Method::POST].map(|method| (method, self.resource.path)));
        for (method, path) in verbs {
            let refused = self.any(&nobody, method.clone(), path).await;
            assert_eq!(refused.brief(), "401 unauthenticated", "{method} {path}");
            assert_eq!(refused.header("www-authenticate"), "Bearer", "{method} {path}");
        }
        for method in ONE {
            let refused = self.any(&self.bob, method.clone(), &place).await;
            assert_eq!(refused.brief(), "404 not-found", "{method} of another's row");
        }
        let theirs = self.bob.get(self.resource.path).await.ok(200);
        assert_eq!(theirs, json!({"items": [], "nextCursor": null}), "another's list");
        assert_eq!(self.ann.get(&place).await.ok(200), row, "somebody else changed it");
    }

    pub async fn ids_that_are_none_are_not_found(&self) {
        for id in [Uuid::now_v7().to_string(), "1".into(), "%00".into(), "a%2Fb".into()] {
            for method in ONE {
                let path = format!("{}/{id}", self.resource.path);
                let refused = self.any(&self.ann, method.clone(), &path).await;
                assert_eq!(refused.brief(), "404 not-found", "{method} {path}");
            }
        }
    }
}

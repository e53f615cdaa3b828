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

    pub async fn is_nobodys_who_is_not_signed_in(&self) {
        let (place, _) = self.made("Not nobody's").await;
        let nobody = self.ann.app.anonymous();
        let mut verbs: Vec<_> = ONE.map(|method| (method, place.as_str())).into();
        verbs.extend([Method::GET, Method::POST].map(|method| (method, self.resource.path)));
        for (method, path) in verbs {
            let refused = self.any(&nobody, method.clone(), path).await;
            assert_eq!(refused.brief(), "401 unauthenticated", "{method} {path}");
            assert_eq!(refused.header("www-authenticate"), "Bearer", "{method} {path}");
        }
    }

    pub async fn belongs_to_its_owner(&self) {
        let (place, row) = self.made("Ann's").await;
        for method in ONE {
            let refused = self.any(&self.bob, method.clone(), &place).await;
            assert_eq!(refused.brief(), "404 not-found", "{method} of another's row");
        }
        let theirs = self.bob.get(self.resource.path).await.ok(200);
        assert_eq!(theirs, json!({"items": [], "nextCursor": null}), "another's list");
        assert_eq!(self.ann.get(&place).await.ok(200), row, "somebody else changed it");
    }

    pub async fn is_read_by_all_and_written_by_a_role(&self) {
        let (place, row) = self.made("Everybody's").await;
        let list = self.resource.path;
        assert_eq!(self.bob.get(&place).await.ok(200), row);
        assert_eq!(self.bob.get(list).await.ok(200), self.ann.get(list).await.ok(200));
        assert!(self.bob.get(list).await.ok(200)["items"].as_array().unwrap().contains(&row));
        let nowhere = format!("{list}/{}", Uuid::now_v7());
        let writes = [Method::PUT, Method::PATCH, Method::DELETE];
        let writes = writes.iter().flat_map(|method| [(method, &place), (method, &nowhere)]);
        for (method, path) in writes.chain([(&Method::POST, &list.to_owned())]) {
            let refused = self.any(&self.bob, method.clone(), path).await;
            assert_eq!(refused.brief(), "403 forbidden", "{method} {path}");
            let bad = self.bob.raw(method.clone(), path, "text/plain", "x").await;
            assert_eq!(bad.brief(), "403 forbidden", "{method} {path} with a bad body");
        }
        assert_eq!(self.ann.get(&place).await.ok(200), row, "somebody without the role changed it");
        let key = (("idempotency-key", "none-of-his"), Some(&self.input));
        let refused = self.bob.send(Method::POST, list, key.0, key.1).await;
        assert_eq!(refused.brief(), "403 forbidden");
        assert_eq!(self.carla.patch(&place, &json!({self.resource.clear: null})).await.status, 200);
        assert_eq!(self.carla.delete(&place).await.status, 204, "it is no one writer's own");
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

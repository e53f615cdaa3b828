//! Who calls: nobody, or somebody with a token. Both speak the same verbs.

use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

use super::{Response, TestApp};

/// Anybody who can send requests.
pub trait Caller: Sync {
    fn app(&self) -> &TestApp;
    fn token(&self) -> Option<&str>;

    /// A request to be dressed up by hand.
    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request =
            self.app().http.request(method, format!("http://{}{path}", self.app().address));
        match self.token() {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    fn get(&self, path: &str) -> impl Future<Output = Response> + Send {
        Response::of(self.request(Method::GET, path))
    }

    fn delete(&self, path: &str) -> impl Future<Output = Response> + Send {
        Response::of(self.request(Method::DELETE, path))
    }

    fn post(&self, path: &str, body: &Value) -> impl Future<Output = Response> + Send {
        Response::of(self.request(Method::POST, path).json(body))
    }

    fn put(&self, path: &str, body: &Value) -> impl Future<Output = Response> + Send {
        Response::of(self.request(Method::PUT, path).json(body))
    }

    fn patch(&self, path: &str, body: &Value) -> impl Future<Output = Response> + Send {
        Response::of(self.request(Method::PATCH, path).json(body))
    }

    /// All of a list, page by page of so many; `path` may have a query.
    fn all(&self, path: &str, limit: usize) -> impl Future<Output = Vec<Value>> + Send {
        async move {
            let query = if path.contains('?') { '&' } else { '?' };
            let (mut items, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = self.get(&format!("{path}{query}limit={limit}{cursor}")).await.ok(200);
                let found = page["items"].as_array().unwrap();
                items.extend(found.iter().cloned());
                let Some(next) = page["nextCursor"].as_str() else { return items };
                assert_eq!(found.len(), limit, "a page with a gap");
                cursor = format!("&cursor={next}");
            }
        }
    }

    /// Any method with this header, and a body where there is one.
    fn send(
        &self,
        method: Method,
        path: &str,
        header: (&str, &str),
        body: Option<&Value>,
    ) -> impl Future<Output = Response> + Send {
        let request = self.request(method, path).header(header.0, header.1);
        Response::of(match body {
            Some(body) => request.json(body),
            None => request,
        })
    }

    /// A body that need not be JSON.
    fn raw(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        body: impl Into<reqwest::Body>,
    ) -> impl Future<Output = Response> + Send {
        Response::of(self.request(method, path).header("content-type", content_type).body(body))
    }
}

/// Nobody: no token.
#[derive(Clone, Copy)]
pub struct Anonymous<'a> {
    pub app: &'a TestApp,
}

/// Somebody signed in.
#[derive(Clone)]
pub struct User<'a> {
    pub app: &'a TestApp,
    pub id: Uuid,
    pub email: String,
    pub token: String,
}

impl Caller for Anonymous<'_> {
    fn app(&self) -> &TestApp {
        self.app
    }

    fn token(&self) -> Option<&str> {
        None
    }
}

impl Caller for User<'_> {
    fn app(&self) -> &TestApp {
        self.app
    }

    fn token(&self) -> Option<&str> {
        Some(&self.token)
    }
}

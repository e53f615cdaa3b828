//! An answer, read whole.

use std::fmt;

use reqwest::{RequestBuilder, header::HeaderMap};
use serde_json::{Value, json};

/// Status, headers and body of an answer.
#[derive(Clone)]
pub struct Response {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

/// Status and JSON of an answer, for snapshots: `409 {"code":"taken","errors":["/name taken"]}`.
pub struct Brief(String);

impl Response {
    /// Sends the request and reads the answer.
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        Self { status, headers, text: response.text().await.unwrap() }
    }

    /// The body as JSON; null when empty.
    pub fn json(&self) -> Value {
        if self.text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The JSON of a success with exactly this status; panics with the answer otherwise.
    #[track_caller]
    pub fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// A header, empty where it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The entity tag.
    pub fn etag(&self) -> &str {
        self.header("etag")
    }

    /// The id in the body.
    #[track_caller]
    pub fn id(&self) -> String {
        self.json()["id"].as_str().unwrap_or_else(|| panic!("no id: {}", self.text)).to_owned()
    }

    /// Status, problem code and the fields at fault, in one line.
    pub fn brief(&self) -> Brief {
        let body = self.json();
        let Some(uri) = body["type"].as_str().filter(|uri| uri.starts_with("/docs/problems#"))
        else {
            return Brief(format!("{} {body}", self.status));
        };
        let code = uri.rsplit('#').next().unwrap_or_default();
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        let errors: Vec<String> = errors
            .iter()
            .map(|error| {
                format!(
                    "{} {}",
                    error["pointer"].as_str().unwrap(),
                    error["code"].as_str().unwrap()
                )
            })
            .collect();
        match errors.is_empty() {
            true => Brief(format!("{} {code}", self.status)),
            false => Brief(format!("{} {code} {}", self.status, json!(errors))),
        }
    }
}

impl fmt::Display for Brief {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.status, self.text)
    }
}

impl fmt::Debug for Brief {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// `brief` against a literal: `assert_eq!(response.brief(), "404 not-found")`.
impl PartialEq<&str> for Brief {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for Brief {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

/// These fields of a row have these values.
#[track_caller]
pub fn assert_holds(row: &Value, fields: &Value) {
    for (name, value) in fields.as_object().unwrap() {
        assert_eq!(&row[name], value, "{name}");
    }
}

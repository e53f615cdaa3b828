mod bodies;
mod connections;
mod database;
mod headers;
mod parameters;
mod tokens;

use serde_json::{Value, json};

/// A collection to try things on.
const JOBS: &str = "/v1/coach/jobs";

fn job() -> Value {
    json!({"title": "Engineer", "company": "Acme"})
}

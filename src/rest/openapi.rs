//! What every operation's description in the OpenAPI document has in common.

use aide::{
    OperationOutput,
    generate::GenContext,
    openapi::{
        HeaderStyle, MediaType, Operation, Parameter, ParameterData, ParameterSchemaOrContent,
        ReferenceOr, RequestBody, Response, SchemaObject,
    },
    transform::TransformOperation,
};
use axum::Json;
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::{Value, json};

use super::problem::{Kind, ProblemBody};
use crate::rest::problem;

/// An operation while it is described.
pub type Op<'t> = TransformOperation<'t>;

/// Name of the security scheme: an access token in `Authorization: Bearer`.
pub const BEARER: &str = "accessToken";

/// Shorthand for describing operations; the id is `<domain>_<resource>_<verb>`.
pub trait Describe: Sized {
    /// Sets id, tag and summary; the tag is the id's first part.
    #[must_use]
    fn about(self, id: &str, summary: &str) -> Self;
    /// Needs an access token.
    #[must_use]
    fn secured(self) -> Self;
    /// 200 with this JSON.
    #[must_use]
    fn ok<T: JsonSchema>(self) -> Self;
    /// 200 with this row and its `ETag`.
    #[must_use]
    fn row<T: JsonSchema>(self) -> Self;
    /// 201 with this row, its `ETag` and `Location`.
    #[must_use]
    fn created<T: JsonSchema>(self) -> Self;
    /// 202 with this row, which will be worked on, its `ETag` and `Location`.
    #[must_use]
    fn accepted<T: JsonSchema>(self) -> Self;
    /// 204.
    #[must_use]
    fn no_content(self) -> Self;
    /// Ways in which it can fail, beside those that every operation shares.
    #[must_use]
    fn fails(self, kinds: &[&'static Kind]) -> Self;
    /// A merge patch over the fields of `T`.
    #[must_use]
    fn patches<T: JsonSchema>(self) -> Self;
    /// An example of the request's body.
    #[must_use]
    fn example(self, body: Value) -> Self;
}

impl Describe for Op<'_> {
    fn about(self, id: &str, summary: &str) -> Self {
        let tag = id.split('_').next().unwrap_or_default();
        let shared: &[&Kind] = &[&problem::INTERNAL, &problem::UNAVAILABLE];
        self.id(id).summary(summary).tag(tag).fails(shared)
    }

    fn secured(self) -> Self {
        self.security_requirement(BEARER).fails(&[&problem::UNAUTHENTICATED])
    }

    fn ok<T: JsonSchema>(self) -> Self {
        self.response_with::<200, Json<T>, _>(|response| response.description("It worked."))
    }

    fn row<T: JsonSchema>(self) -> Self {
        self.response_with::<200, Json<T>, _>(|mut response| {
            answer_header(response.inner(), "etag", "The version of this row.");
            response.description("The row as it is now.")
        })
    }

    fn created<T: JsonSchema>(self) -> Self {
        self.response_with::<201, Json<T>, _>(|mut response| {
            answer_header(response.inner(), "etag", "The version of this row.");
            answer_header(response.inner(), "location", "Where the new row is found.");
            response.description("The row was made.")
        })
    }

    fn accepted<T: JsonSchema>(self) -> Self {
        self.response_with::<202, Json<T>, _>(|mut response| {
            answer_header(response.inner(), "etag", "The version of this row.");
            answer_header(response.inner(), "location", "Where its progress is found.");
            response.description("It will be done.")
        })
    }

    fn no_content(self) -> Self {
        self.response_with::<204, (), _>(|response| response.description("It is done."))
    }

    fn fails(self, kinds: &[&'static Kind]) -> Self {
        kinds.iter().fold(self, |operation, kind| fail(operation, kind))
    }

    fn patches<T: JsonSchema>(mut self) -> Self {
        let content = aide::generate::in_context(|context| {
            let mut partial = T::json_schema(&mut context.schema);
            // A patch may leave out what the whole resource requires.
            partial.remove("required");
            let media = MediaType { schema: Some(schema(partial)), ..MediaType::default() };
            ["application/merge-patch+json", "application/json"]
                .map(|name| (name.to_owned(), media.clone()))
        });
        self.inner_mut().request_body = Some(ReferenceOr::Item(RequestBody {
            description: Some("A JSON Merge Patch (RFC 7396): null clears, absent keeps.".into()),
            content: content.into_iter().collect(),
            required: true,
            ..RequestBody::default()
        }));
        self
    }

    fn example(mut self, body: Value) -> Self {
        if let Some(ReferenceOr::Item(request)) = &mut self.inner_mut().request_body {
            for media in request.content.values_mut() {
                media.example = Some(body.clone());
            }
        }
        self
    }
}

/// One numbered response per status; kinds that share a status share its description.
fn fail<'t>(mut operation: Op<'t>, kind: &'static Kind) -> Op<'t> {
    let status = aide::openapi::StatusCode::Code(kind.status.as_u16());
    let described = operation
        .inner_mut()
        .responses
        .as_mut()
        .and_then(|responses| responses.responses.get_mut(&status));
    if let Some(ReferenceOr::Item(response)) = described {
        if !response.description.contains(kind.title) {
            response.description = format!("{} Or: {}.", response.description, kind.title);
        }
        return operation;
    }
    let inner = operation.inner_mut();
    let response = aide::generate::in_context(|context| {
        ProblemJson::operation_response(context, inner)
            .map(|response| Response { description: format!("{}.", kind.title), ..response })
    });
    if let Some(response) = response {
        let responses = inner.responses.get_or_insert_default();
        responses.responses.insert(status, ReferenceOr::Item(response));
    }
    operation
}

/// `application/problem+json` as OpenAPI sees it.
struct ProblemJson;

impl OperationOutput for ProblemJson {
    type Inner = Self;

    fn operation_response(context: &mut GenContext, _: &mut Operation) -> Option<Response> {
        let problem = context.schema.subschema_for::<ProblemBody<'static>>();
        let media = MediaType { schema: Some(schema(problem)), ..MediaType::default() };
        Some(Response {
            content: [("application/problem+json".to_owned(), media)].into_iter().collect(),
            ..Response::default()
        })
    }
}

/// Adds an optional request header to an operation.
pub fn header(operation: &mut Operation, name: &str, description: &str) {
    operation.parameters.push(ReferenceOr::Item(Parameter::Header {
        parameter_data: ParameterData {
            name: name.to_owned(),
            description: Some(description.to_owned()),
            required: false,
            deprecated: None,
            format: ParameterSchemaOrContent::Schema(schema(json_schema!({"type": "string"}))),
            example: None,
            examples: Default::default(),
            explode: None,
            extensions: Default::default(),
        },
        style: HeaderStyle::Simple,
    }));
}

fn answer_header(response: &mut Response, name: &str, description: &str) {
    let header =
        json!({"description": description, "style": "simple", "schema": {"type": "string"}});
    if let Ok(header) = serde_json::from_value(header) {
        response.headers.insert(name.to_owned(), ReferenceOr::Item(header));
    }
}

fn schema(json_schema: Schema) -> SchemaObject {
    SchemaObject { json_schema, example: None, external_docs: None }
}

//! What administrators do with providers: see all, activate, suspend.

use aide::axum::{ApiRouter, routing::get_with};
use axum::{extract::State, response::Response};

use super::{Provider, ProviderStatus};
use crate::{
    App, filters, listed, moves, readable,
    rest::{
        etag::IfNoneMatch,
        extract::{Id, Nothing, Params, Path, several},
        openapi::Describe,
        page::Page,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Readable},
    },
    visitnow::{Admin, KEEPER},
};

filters! {
    /// Which providers are wanted.
    ProviderParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<ProviderStatus>,
    }
}

readable! {
    Provider, "provider",
    at: |place: Id| [place.id],
    get: "sql/visitnow/providers/get.sql",
}
listed! {
    Provider, "sql/visitnow/providers/list.sql",
    |params: ProviderParams| [&params.status as _]
}
moves! {
    /// They are found and booked from now on.
    Activate(Provider), "sql/visitnow/providers/activate.sql",
    |_input: Nothing| [],
    by: KEEPER,
}
moves! {
    /// They are neither found nor booked from now on.
    Suspend(Provider), "sql/visitnow/providers/suspend.sql",
    |_input: Nothing| [],
    by: KEEPER,
}

pub(super) fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about("visitnow_admin_providers_list", "Lists, newest first, every provider")
            .secured()
            .ok::<Page<Provider>>()
            .fails(&[&problem::MALFORMED, &problem::FORBIDDEN])
    });
    let get = get_with(get, |op| {
        op.about("visitnow_admin_providers_get", "Reads one provider, active or not")
            .secured()
            .row::<Provider>()
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
    });
    let activate = resource::move_route::<Activate>(
        "visitnow_providers_activate",
        "Activates a provider: they are found and booked from now on",
    );
    let suspend = resource::move_route::<Suspend>(
        "visitnow_providers_suspend",
        "Suspends a provider: they are neither found nor booked from now on",
    );
    ApiRouter::new()
        .api_route("/admin/providers", list)
        .api_route("/admin/providers/{id}", get)
        .api_route("/providers/{id}/activate", activate)
        .api_route("/providers/{id}/suspend", suspend)
}

async fn list(
    app: State<App>,
    Admin(caller): Admin,
    params: Params<ProviderParams>,
) -> Result<Reply> {
    resource::list::<Provider>(app, caller, params).await
}

async fn get(
    State(app): State<App>,
    Admin(caller): Admin,
    Path(place): Path<Id>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let provider = <Provider as Readable>::get(&mut conn, caller.id, place).await?;
    resource::answer(&provider.ok_or_else(|| Problem::not_found("provider"))?, &known)
}

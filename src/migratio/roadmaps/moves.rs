//! What the owner, and whoever edits it, do with a roadmap as a whole.

use aide::axum::ApiRouter;

use super::Roadmap;
use crate::{
    App, moves,
    rest::{extract::Nothing, resource::move_route},
};

moves! {
    /// It is begun, or gone on with.
    Activate(Roadmap), "sql/migratio/roadmaps/activate.sql", |_input: Nothing| [],
}
moves! {
    /// It rests.
    Hold(Roadmap), "sql/migratio/roadmaps/hold.sql", |_input: Nothing| [],
}
moves! {
    /// It is over, whatever is left to do.
    Complete(Roadmap), "sql/migratio/roadmaps/complete.sql", |_input: Nothing| [],
}
moves! {
    /// It is given up.
    Abandon(Roadmap), "sql/migratio/roadmaps/abandon.sql", |_input: Nothing| [],
}

/// `/roadmaps/{id}/<verb>`.
pub(super) fn routes() -> ApiRouter<App> {
    let activate = move_route::<Activate>(
        "migratio_roadmaps_activate",
        "Begins a roadmap, or goes on with it",
    );
    let hold = move_route::<Hold>("migratio_roadmaps_hold", "Lets an active roadmap rest");
    let complete = move_route::<Complete>(
        "migratio_roadmaps_complete",
        "Completes an active roadmap, whatever is left to do",
    );
    let abandon = move_route::<Abandon>(
        "migratio_roadmaps_abandon",
        "Gives up a roadmap that is not completed",
    );
    ApiRouter::new()
        .api_route("/roadmaps/{id}/activate", activate)
        .api_route("/roadmaps/{id}/hold", hold)
        .api_route("/roadmaps/{id}/complete", complete)
        .api_route("/roadmaps/{id}/abandon", abandon)
}
